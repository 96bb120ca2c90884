import type { Transport, Visibility } from '../server-settings/server-settings.types.js';

/** A workspace's MCP server as it is stored. JSON texts carry placeholders where secret literals were. */
export interface WorkspaceIntegration {
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

/** The row with the numbers that lists show. */
export interface CountedWorkspaceIntegration extends WorkspaceIntegration {
  agentBindingCount: number;
  crewServerCount: number;
}
