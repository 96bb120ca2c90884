import { maskPlaceholders } from '#vault';
import type { SettingsWarning } from '../server-settings/server-settings.types.js';
import type { DetailedCrewIntegration } from './crew-integrations.types.js';
import type { CrewIntegrationResponse } from './dto/crew-integration.response.js';
import type { CrewIntegrationOverviewResponse } from './dto/crew-integration-overview.response.js';
import { authStatusOf, effectiveConnection, effectiveDisplayName, inheritedMembers } from './inheritance.js';

/** A stored row as it is answered. The only place that shows a crew integration to the outside. */
export function toCrewIntegrationResponse(row: DetailedCrewIntegration): CrewIntegrationResponse {
  const connection = effectiveConnection(row, row.linked);
  return {
    id: row.id,
    crew_id: row.crewId,
    workspace_mcp_server_id: row.workspaceIntegrationId,
    name: row.name,
    display_name: effectiveDisplayName(row, row.linked),
    transport: connection.transport,
    endpoint: row.endpoint,
    command: row.command,
    args_json: row.argsJson,
    env_json: maskPlaceholders(row.envJson),
    config_json: maskPlaceholders(row.configJson),
    icon: row.icon,
    enabled: row.enabled,
    visibility: row.visibility,
    inherited: inheritedMembers(row, row.linked),
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
    agent_binding_count: row.facts.agentBindingCount,
    auth_status: authStatusOf(connection, row.facts),
  };
}

/** The row with the name of its crew, for the list across crews. */
export function toOverviewResponse(row: DetailedCrewIntegration): CrewIntegrationOverviewResponse {
  return { ...toCrewIntegrationResponse(row), crew_name: row.crew.name, crew_slug: row.crew.slug };
}

/** The answer of a change: the row, and what the caller will want to know. */
export function toChangedResponse(
  row: DetailedCrewIntegration,
  warnings: readonly SettingsWarning[],
): CrewIntegrationResponse {
  const response = toCrewIntegrationResponse(row);
  return warnings.length === 0 ? response : { ...response, warnings: [...warnings] };
}
