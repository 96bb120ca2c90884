import type { RunResponse } from './dto/run.response.js';
import type { Run } from './runs.types.js';

/** A stored run as it is answered. */
export function toRunResponse(row: Run): RunResponse {
  return {
    id: row.id,
    agent_id: row.agentId,
    chat_id: row.chatId,
    workspace_id: row.workspaceId,
    triggered_by: row.triggeredBy,
    trigger_type: row.triggerType,
    status: row.status,
    tags: row.tags,
    started_at: row.startedAt?.toISOString() ?? null,
    finished_at: row.finishedAt?.toISOString() ?? null,
    error_message: row.errorMessage,
    exit_code: row.exitCode,
    metadata: row.metadata === null ? null : JSON.stringify(row.metadata),
    created_at: row.createdAt.toISOString(),
    ...(row.agent && { agent_name: row.agent.name, agent_slug: row.agent.slug }),
    ...(row.agent?.crewName != null && { crew_name: row.agent.crewName }),
  };
}
