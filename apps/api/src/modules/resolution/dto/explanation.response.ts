import { ApiProperty } from '@nestjs/swagger';
import { ResolvedIntegrationResponse, serverScopes } from './resolved-integration.response.js';

const levels = ['workspace', 'crew', 'agent', 'default'] as const;
const fieldRules = [
  'own',
  'inherited',
  'merged',
  'binding',
  'locked',
  'default',
  'removed',
  'not_applicable',
  'withheld',
] as const;
const namingLevels = ['workspace', 'crew', 'agent'] as const;
const hiddenRules = [
  'locked_off',
  'crew_disabled',
  'workspace_disabled',
  'agent_opted_out',
  'bound_only',
  'visible_to_bound_agents_only',
  'managed_opted_out',
  'own_apps_instead',
  'default_connector_only',
  'name_shadowed',
] as const;
const credentialStates = ['usable', 'expired', 'inactive', 'pending', 'missing'] as const;
const referenceStates = ['known', 'unknown', 'unusable'] as const;

/** Where the value of one field comes from. */
export class FieldOriginResponse {
  /** Field of the server, such as `endpoint`; `config_json.headers` for a member of the merged configuration. */
  field: string;

  /** Level that gave the value. */
  @ApiProperty({ enum: levels, enumName: 'ProvenanceLevel' })
  level: (typeof levels)[number];

  /** Id of the row or binding that gave it; null for a default. */
  row_id: string | null;

  /** How the field came by it. */
  @ApiProperty({ enum: fieldRules, enumName: 'ProvenanceRule' })
  rule: (typeof fieldRules)[number];
}

/** A row's value that a nearer row replaced. The value is not told: it may hold a secret. */
export class ShadowedValueResponse {
  /** Field that was replaced; `config_json.headers` for a member of the configuration. */
  field: string;

  /** Level whose value lost. */
  @ApiProperty({ enum: levels, enumName: 'ProvenanceLevel' })
  level: (typeof levels)[number];

  /** Row whose value lost. */
  row_id: string;
}

/** The credential that would be used, and whether it can be. */
export class CredentialStateResponse {
  /** Id as the row that names it has it. */
  id: string;

  /** Name; null when the credential is gone. */
  name: string | null;

  /** Whether it can be handed over now. */
  @ApiProperty({ enum: credentialStates, enumName: 'CredentialState' })
  state: (typeof credentialStates)[number];

  /** The state in plain words. */
  reason: string;

  /** Level that names it: the agent's binding, the crew's server or the workspace's. */
  @ApiProperty({ enum: namingLevels, enumName: 'CredentialLevel' })
  level: (typeof namingLevels)[number];

  /** Id of the binding or server row that names it. */
  row_id: string;

  /** The binding that names it; null when a server row does. */
  binding_id: string | null;
}

/** A tool that is not offered, and the row that withholds it. */
export class WithheldToolResponse {
  /** Name of the tool. */
  name: string;

  /** Level that withholds it. */
  @ApiProperty({ enum: levels, enumName: 'ProvenanceLevel' })
  level: (typeof levels)[number];

  /** Id of the server row whose tool list withholds it. */
  row_id: string;
}

/** A `{{credential:name}}` in a server's effective settings. */
export class CredentialReferenceResponse {
  /** Name of the credential. */
  name: string;

  /** Where the reference stands. */
  @ApiProperty({ enum: ['endpoint', 'args_json', 'env_json', 'headers'], enumName: 'ReferenceField' })
  field: 'endpoint' | 'args_json' | 'env_json' | 'headers';

  /** Whether the credential exists and has a value to hand over now. */
  @ApiProperty({ enum: referenceStates, enumName: 'ReferenceState' })
  state: (typeof referenceStates)[number];
}

/** Something that will not work although the server is offered. */
export class ResolutionWarningResponse {
  /** Stable reason, such as `credential_expired`. */
  code: string;

  /** What is wrong and what to do. */
  message: string;
}

/** An offered server with every reason. */
export class ExplainedIntegrationResponse extends ResolvedIntegrationResponse {
  /** Id of the workspace server that the crew row overrides. */
  overrides: string | null;

  /** The agent's enabled bindings that apply. */
  binding_ids: string[];

  /** Where each field comes from. */
  provenance: FieldOriginResponse[];

  /** Values of wider rows that were replaced. */
  shadowed: ShadowedValueResponse[];

  /** The credential that would be used; null when no row names one, or when it is withheld. */
  credential: CredentialStateResponse | null;

  /** Tools that are not offered. */
  tools_withheld: WithheldToolResponse[];

  /** Credentials that the settings refer to by name. */
  references: CredentialReferenceResponse[];

  /** What will not work. */
  warnings: ResolutionWarningResponse[];
}

/** A server that the agent does not get, and the rule that says so. */
export class NotOfferedResponse {
  /** Id of the nearest row. */
  server_id: string;

  /** Level of the nearest row. */
  @ApiProperty({ enum: serverScopes, enumName: 'ServerScope' })
  scope: (typeof serverScopes)[number];

  /** Its name. */
  name: string;

  /** Id of the workspace server that the crew row would override. */
  overrides: string | null;

  /** The rule that removed it. */
  @ApiProperty({ enum: hiddenRules, enumName: 'HiddenRule' })
  rule: (typeof hiddenRules)[number];

  /** Level of the row that decided. */
  @ApiProperty({ enum: levels, enumName: 'ProvenanceLevel' })
  decided_by_level: (typeof levels)[number];

  /** The row that decided. */
  decided_by_row_id: string;

  /** The rule in plain words. */
  reason: string;
}

/** Why an agent has what it has, and why it lacks the rest. */
export class ResolutionExplanationResponse {
  /** Id of the agent. */
  agent_id: string;

  /** The offered servers, by name. */
  servers: ExplainedIntegrationResponse[];

  /** The servers that are not offered, by name. */
  not_offered: NotOfferedResponse[];

  /** Trouble that belongs to no offered server. */
  warnings: ResolutionWarningResponse[];
}
