/** How a call ended. */
export const toolCallStatuses = ['success', 'error', 'denied', 'timeout'] as const;

/** How a call ended. */
export type ToolCallStatus = (typeof toolCallStatuses)[number];

/** The levels at which a server is registered. */
export const serverScopes = ['workspace', 'crew'] as const;

/** The level at which a server is registered. */
export type ServerScope = (typeof serverScopes)[number];

/** One call of a tool, as the runtime reported it. */
export interface ToolCall {
  id: string;
  workspaceId: string;
  crewId: string | null;
  agentId: string;
  mcpServerId: string;
  mcpServerScope: ServerScope;
  toolName: string;
  inputHash: string | null;
  status: ToolCallStatus;
  durationMs: number | null;
  errorMessage: string | null;
  createdAt: Date;
}

/** What calls are wanted; undefined members do not narrow. */
export interface ToolCallFilter {
  agentId?: string;
  serverId?: string;
  status?: ToolCallStatus;
  /** From here on, inclusive. */
  since?: Date;
  /** Up to here, inclusive. */
  until?: Date;
}
