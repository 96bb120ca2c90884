import { ApiProperty } from '@nestjs/swagger';
import { type ServerScope, serverScopes, type ToolCallStatus, toolCallStatuses } from '../tool-calls.types.js';

/** One call of a tool. */
export class ToolCallResponse {
  /** Id of the record. */
  id: string;

  /** Id of the workspace. */
  workspace_id: string;

  /** Id of the crew in which the agent worked. */
  crew_id: string | null;

  /** Id of the agent that called. */
  agent_id: string;

  /** Id of the server that was called. */
  mcp_server_id: string;

  /** Level at which the server is registered. */
  @ApiProperty({ enum: serverScopes, enumName: 'McpServerScope' })
  mcp_server_scope: ServerScope;

  /** Name of the tool. */
  tool_name: string;

  /** Hash of the input. */
  input_hash: string | null;

  /** How the call ended. */
  @ApiProperty({ enum: toolCallStatuses, enumName: 'ToolCallStatus' })
  status: ToolCallStatus;

  /** How long it took, in milliseconds. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0, nullable: true })
  duration_ms: number | null;

  /** What went wrong. */
  error_message: string | null;

  /** When it was reported (RFC 3339, UTC). */
  @ApiProperty({ format: 'date-time' })
  created_at: string;
}

/** A call just recorded. */
export class RecordedToolCallResponse {
  /** Id of the record. */
  id: string;
}
