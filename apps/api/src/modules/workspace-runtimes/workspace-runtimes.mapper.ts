import type { WorkspaceScope } from '#kernel';
import type { WorkspaceRuntimeResponse } from './dto/workspace-runtime.response.js';
import type { WorkspaceRuntime } from './workspace-runtimes.types.js';

/** A runtime as the API shows it. */
export function toWorkspaceRuntimeResponse(
  { workspaceId }: Pick<WorkspaceScope, 'workspaceId'>,
  runtime: WorkspaceRuntime,
): WorkspaceRuntimeResponse {
  return {
    workspace_id: workspaceId,
    parent_id: runtime.parentId,
    role: runtime.role,
    tier: runtime.tier,
    runtime: runtime.runtime,
    model: runtime.model,
    status: runtime.status,
    max_concurrent_tasks: runtime.maxConcurrentTasks,
    active_tasks: runtime.activeTasks,
    last_heartbeat_at: runtime.lastHeartbeatAt?.toISOString() ?? null,
    capabilities: { scheduler: runtime.ownScheduler },
  };
}
