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
