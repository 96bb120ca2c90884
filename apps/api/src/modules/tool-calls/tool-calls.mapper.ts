import type { ToolCallResponse } from './dto/tool-call.response.js';
import type { ToolCall } from './tool-calls.types.js';

/** A recorded call as it is answered. */
export function toToolCallResponse(row: ToolCall): ToolCallResponse {
  return {
    id: row.id,
    workspace_id: row.workspaceId,
    crew_id: row.crewId,
    agent_id: row.agentId,
    mcp_server_id: row.mcpServerId,
    mcp_server_scope: row.mcpServerScope,
    tool_name: row.toolName,
    input_hash: row.inputHash,
    status: row.status,
    duration_ms: row.durationMs,
    error_message: row.errorMessage,
    created_at: row.createdAt.toISOString(),
  };
}
