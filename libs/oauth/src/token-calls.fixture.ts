import { Secret } from '#kernel';
import { type FakeAnswer, FakeWeb } from './fake-web.fixture.js';
import {
  exchangeCode,
  type OauthClient,
  type ProviderKey,
  providers,
  refreshTokens,
  TokenRequestFailure,
} from './index.js';

/** Of a server that is no known provider. */
export const tokenEndpoint = 'https://as.example.com/token';
/** When the calls are made. */
export const now = new Date('2026-11-22T10:00:00Z');
/** An instant after the calls. */
export const inSeconds = (seconds: number) => new Date(now.getTime() + seconds * 1000);
/** A confidential client, its secret a canary. */
export const client: OauthClient = {
  clientId: 'client',
  clientSecret: new Secret('s3cret-canary_1'),
  authMethod: 'client_secret_post',
};
/** What is exchanged. */
export const grant = {
  code: 'code-canary-2',
  redirectUri: 'https://us.example/cb',
  codeVerifier: 'v'.repeat(43),
  resource: 'https://mcp.example.com/mcp',
};
/** An answer as the specification has it. */
export const good = {
  access_token: 'at-canary-3',
  token_type: 'Bearer',
  expires_in: 3600,
  refresh_token: 'rt-canary-4',
  scope: 'read write',
};

interface Setting {
  provider?: ProviderKey;
  client?: OauthClient;
}

/** The token endpoint of a provider, or of somebody else. */
export function endpointOf(provider: ProviderKey | null) {
  return { issuer: null, tokenEndpoint: provider ? providers[provider].tokenEndpoint : tokenEndpoint, provider };
}

/** Exchanges a code with a server that gives this answer. */
export async function exchange(answer: FakeAnswer, setting: Setting = {}) {
  const endpoint = endpointOf(setting.provider ?? null);
  const web = new FakeWeb({ [endpoint.tokenEndpoint]: answer });
  return { tokens: await exchangeCode(endpoint, setting.client ?? client, grant, { fetch: web.fetch, now }), web };
}

/** Refreshes with a server that gives this answer. */
export async function refresh(answer: FakeAnswer, setting: Setting = {}) {
  const endpoint = endpointOf(setting.provider ?? null);
  const web = new FakeWeb({ [endpoint.tokenEndpoint]: answer });
  const asked = { refreshToken: new Secret('rt-canary-0'), resource: grant.resource };
  return { tokens: await refreshTokens(endpoint, setting.client ?? client, asked, { fetch: web.fetch, now }), web };
}

/** The failure that a call ends in. @throws Error when it ends otherwise. */
export async function failure(call: Promise<unknown>): Promise<TokenRequestFailure> {
  const error: unknown = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof TokenRequestFailure)) throw new Error('no TokenRequestFailure', { cause: error });
  return error;
}
