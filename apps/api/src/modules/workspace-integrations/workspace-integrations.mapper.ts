import { maskPlaceholders } from '#vault';
import type { SettingsWarning } from '../server-settings/server-settings.types.js';
import type { WorkspaceIntegrationResponse } from './dto/workspace-integration.response.js';
import type { CountedWorkspaceIntegration } from './workspace-integrations.types.js';

/** A stored row as it is answered. The only place that shows a workspace integration to the outside. */
export function toWorkspaceIntegrationResponse(row: CountedWorkspaceIntegration): WorkspaceIntegrationResponse {
  return {
    id: row.id,
    workspace_id: row.workspaceId,
    name: row.name,
    display_name: row.displayName,
    transport: row.transport,
    endpoint: row.endpoint,
    command: row.command,
    args_json: row.argsJson,
    env_json: row.envJson === null ? null : maskPlaceholders(row.envJson),
    config_json: row.configJson === null ? null : maskPlaceholders(row.configJson),
    icon: row.icon,
    enabled: row.enabled,
    locked: row.locked,
    visibility: row.visibility,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
    agent_binding_count: row.agentBindingCount,
    crew_server_count: row.crewServerCount,
  };
}

/** The answer of a change: the row, and what the caller will want to know. */
export function toChangedResponse(
  row: CountedWorkspaceIntegration,
  warnings: readonly SettingsWarning[],
): WorkspaceIntegrationResponse {
  const response = toWorkspaceIntegrationResponse(row);
  return warnings.length === 0 ? response : { ...response, warnings: [...warnings] };
}
