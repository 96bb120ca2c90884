import type { CredType, Level, ServerScope, Transport } from './rows.types.js';

/** Why an agent is not offered a server. One sentence and one example each in this library's README. */
export type HiddenRule =
  | 'locked_off'
  | 'crew_disabled'
  | 'workspace_disabled'
  | 'agent_opted_out'
  | 'bound_only'
  | 'visible_to_bound_agents_only'
  | 'managed_opted_out'
  | 'own_apps_instead'
  | 'default_connector_only'
  | 'name_shadowed';

/** Whether a credential can be handed over now. `missing`: the row that is named is deleted or does not exist. */
export type CredentialState = 'usable' | 'expired' | 'inactive' | 'pending' | 'missing';

/** The row that settled a question. */
export interface DecidingRow {
  level: Level;
  /** Id of the server row, or of the agent's binding for level `agent`. */
  rowId: string;
}

/** One MCP server as an agent has it, after all levels. Placeholders are still placeholders. */
export interface EffectiveServer {
  /** Id of the nearest row: the crew's when a crew row defines or changes the server. */
  serverId: string;
  scope: ServerScope;
  /** Unique among the agent's servers. */
  name: string;
  displayName: string;
  transport: Transport;
  endpoint: string | null;
  command: string | null;
  /** JSON array of strings. */
  argsJson: string | null;
  /** JSON object of strings. Without the workspace's sealed values where a crew row redirects the server. */
  envJson: string | null;
  /**
   * Merged JSON. The stored text itself, byte for byte, when only one row has a say. Without the workspace's sealed values
   * where a crew row redirects the server.
   */
  configJson: string | null;
  icon: string | null;
  /** `custom`, or the provider that manages the server. */
  kind: string;
  /** Null without a credential, or when it is deleted. */
  credentialId: string | null;
  /** Null exactly when `credentialId` is. */
  credentialName: string | null;
  /** Null when no row names a credential. Only a `usable` one may be sent. */
  credentialState: CredentialState | null;
  /** Type, header and variable come from the binding or server row that names the credential; null when none does. */
  credType: CredType | null;
  credHeader: string | null;
  envVarName: string | null;
  /** Offered tool names, sorted. Null: nothing is known, so nothing is restricted. Empty: every known tool is withheld. */
  tools: string[] | null;
  /** Id of the workspace server that the crew row changes. */
  overrides: string | null;
  /** This agent's enabled bindings that apply, the workspace server's first. */
  bindingIds: string[];
}

/** A server that the agent does not get, and the rule that says so. */
export interface NotOffered {
  /** Id of the nearest row, as in {@link EffectiveServer}. */
  serverId: string;
  scope: ServerScope;
  name: string;
  /** Id of the workspace server that the crew row would change; it is hidden from the crew as well. */
  overrides: string | null;
  rule: HiddenRule;
  decidedBy: DecidingRow;
  /** The rule in plain words, with the names it is about. */
  sentence: string;
}

/** What an agent gets and what it does not, both ordered by name, then id (plain code-unit comparison). */
export interface Resolution {
  servers: EffectiveServer[];
  notOffered: NotOffered[];
}
