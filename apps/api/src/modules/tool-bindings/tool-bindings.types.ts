/** Whether one tool of a crew's server is offered, as it is stored. */
export interface ToolBinding {
  id: string;
  toolName: string;
  description: string | null;
  enabled: boolean;
  createdAt: Date;
  updatedAt: Date;
}

/** A tool as its server described it. */
export interface SeenTool {
  name: string;
  description: string | null;
}

/** A tool of one server, as it moves between instances. */
export interface TransferredTool {
  /** The server that it belongs to: exactly one of the two. */
  workspaceIntegrationId: string | null;
  crewIntegrationId: string | null;
  toolName: string;
  description: string | null;
  enabled: boolean;
  title: string | null;
  schemaHash: string | null;
  restoreWhenListed: boolean;
}
