import { Injectable } from '@nestjs/common';
import type { OutboundHeaders } from '#egress';
import { Secret } from '#kernel';
import type { TestableProvider } from '../credentials/credential-provider-rules.js';

/** One harmless request that tells a good value from a bad one. */
export interface VendorProbe {
  /** Reads something of the caller's own. The value never stands in it. */
  url: string;
  method: 'GET';
  headers(value: Secret): OutboundHeaders;
  /** Statuses that only a good value gets. */
  valid: readonly number[];
  /** Beginnings of values that the vendor documents no such request for: taken as good without one. */
  unprobed: readonly string[];
}

const bearer = (value: Secret): OutboundHeaders => ({ Authorization: new Secret(`Bearer ${value.reveal()}`) });

function probe(url: string, headers: VendorProbe['headers'], rest: Partial<VendorProbe> = {}): VendorProbe {
  return { url, method: 'GET', headers, valid: [200], unprobed: [], ...rest };
}

const probes: Record<TestableProvider, VendorProbe> = {
  // List Models, https://platform.claude.com/docs/en/api/models-list. Tokens of Claude subscriptions are not for the API.
  ANTHROPIC: probe(
    'https://api.anthropic.com/v1/models?limit=1',
    (value) => ({ 'x-api-key': value, 'anthropic-version': '2023-06-01' }),
    { unprobed: ['sk-ant-oat'] },
  ),
  // List models, https://platform.openai.com/docs/api-reference/models/list
  OPENAI: probe('https://api.openai.com/v1/models', bearer),
  // models.list, https://ai.google.dev/api/models; the key in a header, https://ai.google.dev/gemini-api/docs/api-key
  GOOGLE: probe('https://generativelanguage.googleapis.com/v1beta/models?pageSize=1', (value) => ({
    'x-goog-api-key': value,
  })),
  // API Key Info with the key as user name, https://cursor.com/docs/cloud-agent/api/v0#api-key-info
  CURSOR: probe('https://api.cursor.com/v0/me', (value) => ({
    Authorization: new Secret(`Basic ${Buffer.from(`${value.reveal()}:`, 'utf8').toString('base64')}`),
  })),
  // List computers, https://docs.factory.ai/api-reference/computers/list-computers. Keys of members are known but get
  // 403 from the whole API, https://docs.factory.ai/api-reference/getting-started#permissions
  FACTORY: probe('https://api.factory.ai/api/v0/computers', bearer, { valid: [200, 403] }),
  // Rate limit status: any kind of token may read it and a bad one gets 401,
  // https://docs.github.com/en/rest/rate-limit/rate-limit
  GITHUB: probe('https://api.github.com/rate_limit', (value) => ({
    ...bearer(value),
    Accept: 'application/vnd.github+json',
    'X-GitHub-Api-Version': '2022-11-28',
  })),
  // The current user, https://docs.gitlab.com/api/users/#retrieve-the-current-user; Bearer takes personal and OAuth tokens,
  // https://docs.gitlab.com/api/rest/authentication/
  GITLAB: probe('https://gitlab.com/api/v4/user', bearer),
  // Get the User, https://vercel.com/docs/rest-api/reference/endpoints/user/get-the-user
  VERCEL: probe('https://api.vercel.com/v2/user', bearer),
};

/** The probes by provider. Hosts are fixed: nothing that a caller or an operator says changes where a value is sent. */
@Injectable()
export class VendorProbes {
  /** The probe of a provider. */
  of(provider: TestableProvider): VendorProbe {
    return probes[provider];
  }
}
