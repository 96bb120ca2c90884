import { ChoiceField, IdField, InstantField, PageQuery } from '#http';
import { type ToolCallStatus, toolCallStatuses } from '../tool-calls.types.js';

/** Which tool calls are wanted. */
export class ListToolCallsQuery extends PageQuery {
  /** Only calls of this agent. */
  @IdField()
  agent_id?: string;

  /** Only calls to this server. */
  @IdField()
  server_id?: string;

  /** Only calls that ended so. */
  @ChoiceField(toolCallStatuses, { enumName: 'ToolCallStatus' })
  status?: ToolCallStatus;

  /** From this instant on, inclusive; a bare date means its beginning. */
  @InstantField()
  since?: string;

  /** Up to this instant, inclusive; a bare date means its end. */
  @InstantField()
  until?: string;
}
