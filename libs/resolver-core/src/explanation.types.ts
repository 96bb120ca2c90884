import type { Origin } from './origin.js';
import type { CredentialState, EffectiveServer, NotOffered } from './resolution.types.js';
import type { Level } from './rows.types.js';
import type { WithheldTool } from './settle-tools.js';

/** A field of a server whose origin is told. */
export type FieldName =
  | 'name'
  | 'enabled'
  | 'visibility'
  | 'displayName'
  | 'transport'
  | 'endpoint'
  | 'command'
  | 'argsJson'
  | 'envJson'
  | 'configJson'
  | 'icon'
  | 'kind'
  | 'credentialId'
  | 'credType'
  | 'credHeader'
  | 'envVarName';

/** Where one top-level member of the merged config comes from; rule `removed` for one that a patch took away. */
export interface MemberOrigin extends Origin {
  member: string;
}

/** A row's value that a nearer row replaced. The value itself is never told: it may hold a secret. */
export interface ShadowedValue {
  field: FieldName;
  /** Top-level member for `configJson`, otherwise null. */
  member: string | null;
  level: Level;
  rowId: string;
}

/** The credential of a server, with its state at the instant asked about. */
export interface ExplainedCredential {
  /** The id as the row that names it has it, also when the credential is gone. */
  id: string;
  /** Null when the credential is deleted or does not exist. */
  name: string | null;
  state: CredentialState;
  /** The state in plain words. */
  reason: string;
  /** Level of the row that names it. */
  level: Level;
  /** The binding for level `agent`, else the server row. */
  rowId: string;
  /** The same for level `agent`, else null. */
  bindingId: string | null;
}

/** A `{{credential:name}}` in a server's effective settings. */
export interface Reference {
  name: string;
  /** `headers` are the string members of `headers` in the merged config. */
  field: 'endpoint' | 'argsJson' | 'envJson' | 'headers';
  /** `unknown`: no live credential has the name. `unusable`: it has no value to hand over now. */
  state: 'known' | 'unknown' | 'unusable';
}

/** Kinds of trouble that do not stop the answer. */
export type WarningCode =
  | 'credential_missing'
  | 'credential_expired'
  | 'credential_inactive'
  | 'credential_pending'
  | 'secrets_withheld'
  | 'reference_unknown'
  | 'reference_unusable'
  | 'connection_incomplete'
  | 'config_not_an_object'
  | 'parent_missing'
  | 'all_tools_withheld'
  | 'binding_without_server'
  | 'default_connector_off';

/** Something that will not work although the server is offered. */
export interface Warning {
  code: WarningCode;
  /** What is wrong and what to do, without secrets. */
  message: string;
}

/** One offered server with every reason. */
export interface ExplainedServer {
  /** Exactly what {@link resolve} answers. */
  server: EffectiveServer;
  provenance: Record<FieldName, Origin>;
  /** In the order in which the rows name them, removed ones last. Empty without a config that is an object. */
  configMembers: MemberOrigin[];
  shadowed: ShadowedValue[];
  /** Null when no row names one, or when the only one is withheld. */
  credential: ExplainedCredential | null;
  tools: { offered: string[] | null; withheld: WithheldTool[] };
  references: Reference[];
  warnings: Warning[];
}

/** Why an agent has what it has, and why it lacks the rest. */
export interface Explanation {
  servers: ExplainedServer[];
  /** Exactly what {@link resolve} answers. */
  notOffered: NotOffered[];
  /** Trouble that belongs to no offered server. */
  warnings: Warning[];
}
