import { ChoiceField, IdField, IntegerField, TextField } from '#http';
import { type ServerScope, serverScopes, type ToolCallStatus, toolCallStatuses } from '../tool-calls.types.js';

const requiredMessage = 'workspace_id, agent_id, mcp_server_id, and tool_name are required';

/** One call of a tool, reported by the agents’ runtime. */
export class RecordToolCallDto {
  /** Id of the agent’s workspace. */
  @IdField({ required: true, requiredMessage })
  workspace_id: string;

  /** Id of the agent that called. */
  @IdField({ required: true, requiredMessage })
  agent_id: string;

  /** Id of the server that was called. */
  @IdField({ required: true, requiredMessage })
  mcp_server_id: string;

  /** Name of the tool. */
  @TextField({ required: true, requiredMessage, max: 255, example: 'create_issue' })
  tool_name: string;

  /** Id of the crew in which the agent worked. */
  @IdField({ nullable: true })
  crew_id?: string | null;

  /** Level at which the server is registered. */
  @ChoiceField(serverScopes, { enumName: 'McpServerScope', default: 'workspace' })
  mcp_server_scope?: ServerScope;

  /** Hash of the input, by which equal calls are recognised; the input itself is never stored. */
  @TextField({ max: 200, nullable: true, pattern: /^[A-Za-z0-9+/=:_-]*$/ })
  input_hash?: string | null;

  /** How the call ended. */
  @ChoiceField(toolCallStatuses, { required: true, enumName: 'ToolCallStatus' })
  status: ToolCallStatus;

  /** How long it took, in milliseconds. */
  @IntegerField({ min: 0, max: 2_147_483_647, nullable: true })
  duration_ms?: number | null;

  /** What went wrong; cut after 4,000 characters. */
  @TextField({ max: 65_536, nullable: true })
  error_message?: string | null;
}
