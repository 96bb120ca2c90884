import type {
  ServerCredential,
  ServerDraft,
  ServerOrigin,
  Transport,
  Visibility,
} from '../server-settings/server-settings.types.js';

/** A workspace's MCP server as it is stored. JSON texts carry placeholders where secret literals were. */
export interface WorkspaceIntegration extends ServerCredential, ServerOrigin {
  id: string;
  workspaceId: string;
  name: string;
  displayName: string;
  transport: Transport;
  endpoint: string | null;
  command: string | null;
  argsJson: string | null;
  envJson: string | null;
  configJson: string | null;
  icon: string | null;
  enabled: boolean;
  locked: boolean;
  visibility: Visibility;
  createdAt: Date;
  updatedAt: Date;
}

/** A server of the workspace that is to be registered. */
export interface WorkspaceServerDraft extends ServerDraft {
  /** False unless given. */
  locked?: boolean;
}

/** The row with the name and the numbers that lists show. */
export interface CountedWorkspaceIntegration extends WorkspaceIntegration {
  /** Null without a credential. A deleted one counts as none. */
  credentialName: string | null;
  agentBindingCount: number;
  crewServerCount: number;
}
