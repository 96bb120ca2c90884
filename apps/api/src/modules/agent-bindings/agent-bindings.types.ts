import type { CredType } from '../server-settings/server-settings.types.js';

/** Where a bound server is defined. */
export const serverScopes = ['workspace', 'crew'] as const;

/** One of {@link serverScopes}. */
export type ServerScope = (typeof serverScopes)[number];

/** The server that a binding is for. */
export interface BoundServer {
  scope: ServerScope;
  id: string;
}

/** What one agent says of one server, as it is stored. The override carries placeholders for secret literals. */
export interface AgentBinding {
  id: string;
  workspaceId: string;
  agentId: string;
  server: BoundServer;
  credentialId: string | null;
  credType: CredType;
  credHeader: string | null;
  envVarName: string | null;
  enabled: boolean;
  configOverrideJson: string | null;
  createdAt: Date;
  updatedAt: Date;
}

/** A binding with the names that answers show. */
export interface DetailedAgentBinding extends AgentBinding {
  /** Crew of the agent; null outside any. */
  agentCrewId: string | null;
  serverName: string;
  serverDisplayName: string;
  /** Null without a credential. A deleted one counts as none. */
  credentialName: string | null;
}
