import { Injectable } from '@nestjs/common';
import { Secret } from '#kernel';
import { replaceSecrets } from '../mcp-blobs/mcp-blob.js';
import type { Bundle } from './bundle.schema.js';
import { agentSchema, crewSchema } from './bundle-agent.schema.js';
import { snaked } from './bundle-case-rules.js';
import type { BundleLiterals } from './bundle-literals.js';
import { type BundleNames, byText } from './bundle-names.js';
import { BundleOpeningService } from './bundle-opening.service.js';
import type { WorkspaceSource } from './bundle-source.service.js';

const crewKeys = Object.keys(crewSchema.shape) as (keyof typeof crewSchema.shape)[];
const agentKeys = (Object.keys(agentSchema.shape) as (keyof typeof agentSchema.shape)[]).filter(
  (key) => key !== 'crew' && key !== 'mcp_config_json',
);
const credentialKeys = [
  'name',
  'description',
  'type',
  'provider',
  'scope',
  'username',
  'account_label',
  'account_email',
  'tags',
  'sensitivity',
  'security_level',
  'provisioned_for_service',
  'oauth_client_id',
  'oauth_auth_url',
  'oauth_token_url',
  'oauth_scopes',
] as const;

/** Crews, agents and credentials as a bundle has them. */
@Injectable()
export class BundlePeopleService {
  constructor(private readonly opening: BundleOpeningService) {}

  /** The workspace's crews, by slug. */
  crews({ crews }: WorkspaceSource): Bundle['crews'] {
    const rows = crews.toSorted(byText(({ slug }) => slug)).map((row) => snaked(crewKeys, row));
    return rows as Bundle['crews'];
  }

  /** The workspace's agents, by slug. Secrets in their blobs become references to credentials that `literals` gathers. */
  async agents(source: WorkspaceSource, names: BundleNames, literals: BundleLiterals): Promise<Bundle['agents']> {
    const agents: unknown[] = [];
    for (const row of source.agents.toSorted(byText(({ slug }) => slug))) {
      const blob = await this.opening.blob(row);
      const text =
        blob &&
        replaceSecrets(blob.reveal(), (path, value) =>
          literals.reference(`${row.slug}/mcp_config_json/${path}`, () => Promise.resolve(new Secret(value))),
        );
      agents.push({ ...snaked(agentKeys, row), crew: names.crew(row.crewId), mcp_config_json: text });
    }
    return agents as Bundle['agents'];
  }

  /** The credentials that a bundle carries, by name, with those that literals have become. Values only when told. */
  async credentials(
    source: WorkspaceSource,
    names: BundleNames,
    { literals, withValues }: { literals: BundleLiterals; withValues: boolean },
  ): Promise<Bundle['credentials']> {
    const own = source.credentials.filter(({ id }) => names.credential(id) !== null);
    // One after the other: a transaction has one connection.
    const stored: object[] = [];
    for (const row of own) {
      const crews = row.scope === 'CREW' ? names.crewsOf(row) : [];
      stored.push({ ...snaked(credentialKeys, row), crews, ...(withValues && (await this.#values(row))) });
    }
    const made: object[] = [];
    for (const { name, open } of literals.credentials) {
      made.push({ ...blank, name, ...(withValues && withValue((await open())?.reveal())) });
    }
    const credentials = [...stored, ...made] as Bundle['credentials'];
    return credentials.toSorted(byText(({ name }) => name));
  }

  /** Which agents get which credentials. */
  grants(source: WorkspaceSource, names: BundleNames): Bundle['credential_grants'] {
    return source.grants
      .flatMap(({ agentId, credentialId, envVarName, priority }) => {
        const [agent, credential] = [names.agent(agentId), names.credential(credentialId)];
        return agent === null || credential === null ? [] : [{ agent, credential, env_var_name: envVarName, priority }];
      })
      .toSorted(byText(({ agent, credential }) => JSON.stringify([agent, credential])));
  }

  // Tokens of a grant are renewed by one holder: two instances with the same ones would put each other out (RFC 9700, 4.14).
  async #values(row: WorkspaceSource['credentials'][number]) {
    const secret = await this.opening.credential(row, 'sealed_oauth_client_secret', row.sealedOauthClientSecret);
    const value =
      row.type === 'OAUTH2' ? undefined : await this.opening.credential(row, 'sealed_value', row.sealedValue);
    return { ...withValue(value), ...(secret !== undefined && { oauth_client_secret: secret }) };
  }
}

const blank: Omit<Bundle['credentials'][number], 'name'> = {
  description: 'Stood in a server or an agent of the exported workspace',
  type: 'SECRET',
  provider: 'NONE',
  scope: 'WORKSPACE',
  crews: [],
  username: null,
  account_label: null,
  account_email: null,
  tags: [],
  sensitivity: 'STANDARD',
  security_level: 1,
  provisioned_for_service: null,
  oauth_client_id: null,
  oauth_auth_url: null,
  oauth_token_url: null,
  oauth_scopes: null,
};

function withValue(value: string | undefined): { value?: string } {
  return value === undefined || value === '' ? {} : { value };
}
