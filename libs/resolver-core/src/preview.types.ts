import type { AgentBindingRow, CrewServerRow, ServerScope, WorkspaceServerRow } from './rows.types.js';

/**
 * A change to one row. An upsert of a row that exists sets the given fields only; an id that begins with `new-` makes a
 * row, whose other fields take the defaults of the real create. A delete takes away what the real delete would.
 */
export type RowChange<Target extends string, Row> =
  | { target: Target; op: 'upsert'; id: string; fields: Partial<Omit<Row, 'id'>> }
  | { target: Target; op: 'delete'; id: string };

/** A change to a workspace server. Its name is fixed once it exists: another one is ignored, as by the real update. */
export type WorkspaceIntegrationChange = RowChange<'workspace_integration', WorkspaceServerRow>;

/** A change to a server of the agent's crew. Name and link are fixed once it exists. */
export type CrewIntegrationChange = RowChange<'crew_integration', CrewServerRow>;

/** A change to a binding of this agent. Server and scope are fixed once it exists. */
export type AgentBindingChange = RowChange<'agent_binding', AgentBindingRow>;

/** A change to a recorded tool of a server. An upsert of one that is not recorded records it, enabled unless said otherwise. */
export type ToolChange =
  | { target: 'tool'; op: 'upsert'; scope: ServerScope; serverId: string; name: string; fields: { enabled?: boolean } }
  | { target: 'tool'; op: 'delete'; scope: ServerScope; serverId: string; name: string };

/** One change that is tried out without being saved. */
export type Change = WorkspaceIntegrationChange | CrewIntegrationChange | AgentBindingChange | ToolChange;
