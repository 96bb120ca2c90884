/** Where a server is defined. Its id is unique across both levels. */
export type ServerScope = 'workspace' | 'crew';

/** A level of the cascade at which somebody may decide something. */
export type Level = ServerScope | 'agent';

/** How a server is reached. */
export type Transport = 'streamable-http' | 'stdio';

/** Who sees a server: see the decision table in this library's README. Narrowest is `bound`, widest `everyone`. */
export type Visibility = 'auto' | 'everyone' | 'bound';

/** How a credential travels: `Authorization: Bearer`, a header of its own, or `Authorization: Basic`. */
export type CredType = 'bearer' | 'api_key' | 'basic';

/** Life of a stored credential. Only `ACTIVE` ones are handed to servers. */
export type CredentialStatus = 'ACTIVE' | 'PENDING' | 'EXPIRED' | 'RATE_LIMITED' | 'REVOKED' | 'ERROR';

/** Settings of a server that a crew row may replace one by one. JSON columns are text and may hold placeholders. */
export interface ServerSettings {
  displayName: string;
  transport: Transport;
  /** URL of a `streamable-http` server. */
  endpoint: string | null;
  /** Bare executable of a `stdio` server. */
  command: string | null;
  /** JSON array of strings. Replaced as a whole, never merged. */
  argsJson: string | null;
  /** JSON object of strings. Replaced as a whole, never merged. */
  envJson: string | null;
  /** JSON object. Merged from level to level as RFC 7396 says. */
  configJson: string | null;
  icon: string | null;
  /** What made the server: `custom`, or the name of the provider that manages it. */
  kind: string;
}

/** The credential that a server row names for everybody who has the server and whose binding names no other. */
export interface ServerCredential {
  credentialId: string | null;
  /** Type, header and variable count only in a row that names a credential. Null is `bearer`. */
  credType: CredType | null;
  /** Header for `api_key`; null leaves the default to the runtime. */
  credHeader: string | null;
  /** Environment variable for `stdio`; null leaves the default to the runtime. */
  envVarName: string | null;
}

/** A live server of the workspace, switched on or off. */
export interface WorkspaceServerRow extends ServerSettings, ServerCredential {
  id: string;
  name: string;
  /** Off is only a default that a crew row may change, unless the row is locked. */
  enabled: boolean;
  /** Locked off is off for everyone; locked on, crews may narrow the visibility but not widen it. */
  locked: boolean;
  visibility: Visibility;
}

/** A server of the agent's crew, of its own or changing one of the workspace. A null setting is inherited. */
export interface CrewServerRow extends Nullable<ServerSettings>, ServerCredential {
  id: string;
  name: string;
  enabled: boolean;
  visibility: Visibility | null;
  /** The workspace server this row changes. Null: the one of the same name, if there is one. */
  workspaceServerId: string | null;
}

/** What one agent says about one server. At most one row per server. */
export interface AgentBindingRow {
  id: string;
  serverId: string;
  scope: ServerScope;
  /** False opts this agent out, and no other. */
  enabled: boolean;
  credentialId: string | null;
  credType: CredType;
  /** Header for `api_key`; null leaves the default to the runtime. */
  credHeader: string | null;
  /** Environment variable for `stdio`; null leaves the default to the runtime. */
  envVarName: string | null;
  /** Merge patch (RFC 7396) on the server's config. */
  configOverrideJson: string | null;
}

/** A credential's public half. Its value never enters this library. */
export interface CredentialRow {
  id: string;
  /** Unique among the live credentials of the workspace. */
  name: string;
  status: CredentialStatus;
  /** From this instant on the value is of no use. Null when it does not end, or is renewed on use. */
  expiresAt: Date | null;
  deleted: boolean;
  /** True for one that stands for a key kept elsewhere, such as the workspace's Composio key, while there is no such key. */
  keyMissing: boolean;
}

/** The server that every agent without apps of its own gets, where the workspace has set one up and the switch is on. */
export interface DefaultConnectorRow {
  /** Id of the row that sets it up. */
  id: string;
  /** URL of the server, the user's part included. */
  endpoint: string;
  /** Credential that stands for the provider's key. */
  credentialId: string;
}

/** What an agent has of the provider that manages apps for the workspace (Composio). */
export interface ManagedApps {
  /** Id of the agent's opt-out, which takes everything of the provider from it; null without one. */
  optOutId: string | null;
  /** Ids of the workspace servers that were made for this agent's apps, whatever became of its bindings on them. */
  ownServerIds: readonly string[];
  /** Null where the switch is off or nothing is set up. */
  connector: DefaultConnectorRow | null;
}

/** What is recorded about one tool of one server. */
export interface ToolRow {
  serverId: string;
  scope: ServerScope;
  name: string;
  enabled: boolean;
}

/** Everything that the cascade of one agent depends on. The order of the lists has no meaning. */
export interface ResolutionInput {
  /** `crewId` is null outside any crew or when the crew is deleted; crew servers are then left out of account. */
  agent: { id: string; crewId: string | null };
  /** All live servers of the workspace, disabled ones too. */
  workspaceServers: readonly WorkspaceServerRow[];
  /** All live servers of the agent's crew, disabled ones too. */
  crewServers: readonly CrewServerRow[];
  /** All bindings of this agent, disabled ones too. */
  bindings: readonly AgentBindingRow[];
  /** Ids of servers on which at least one OTHER live agent of the workspace has an enabled binding. */
  boundByOthers: readonly string[];
  /** Those that {@link credentialsNeeded} asks for, deleted ones marked. One that is not here counts as missing. */
  credentials: readonly CredentialRow[];
  /** Recorded tools of the servers above. */
  tools: readonly ToolRow[];
  managed: ManagedApps;
}

/** `kind` of the servers that the provider of managed apps serves. */
export const managedKind = 'composio';

/** Nothing of the provider of managed apps. */
export const noManagedApps: ManagedApps = Object.freeze({ optOutId: null, ownServerIds: [], connector: null });

/** `T` with null allowed everywhere. */
export type Nullable<T> = { [K in keyof T]: T[K] | null };
