import { maskPlaceholders } from '#vault';
import { credentialOf, settingsOf } from '../server-settings/sent-members-rules.js';
import type { SettingsWarning } from '../server-settings/server-settings.types.js';
import type { CrewServerDraft, DetailedCrewIntegration } from './crew-integrations.types.js';
import type { CreateCrewIntegrationDto } from './dto/create-crew-integration.dto.js';
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
    credential_id: row.credentialName === null ? null : row.credentialId,
    credential_name: row.credentialName,
    cred_type: row.credType,
    cred_header: row.credHeader,
    env_var_name: row.envVarName,
    origin: row.origin,
    origin_ref: row.originRef,
    inherited: inheritedMembers(row, row.linked),
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
    agent_binding_count: row.facts.agentBindingCount,
    auth_status: authStatusOf(connection, row.facts, row.sharedCredentialStatus),
  };
}

/** The row with the name of its crew, for the list across crews. */
export function toOverviewResponse(row: DetailedCrewIntegration): CrewIntegrationOverviewResponse {
  return { ...toCrewIntegrationResponse(row), crew_name: row.crew.name, crew_slug: row.crew.slug };
}

/** A body as a server that the crew is to be given. */
export function toDraft(dto: CreateCrewIntegrationDto): CrewServerDraft {
  return {
    workspaceIntegrationId: dto.workspace_mcp_server_id,
    name: dto.name,
    displayName: dto.display_name,
    transport: dto.transport,
    endpoint: dto.endpoint,
    command: dto.command,
    ...settingsOf(dto),
    ...credentialOf(dto),
    icon: dto.icon,
    visibility: dto.visibility,
  };
}

/** The answer of a change: the row, and what the caller will want to know. */
export function toChangedResponse(
  row: DetailedCrewIntegration,
  warnings: readonly SettingsWarning[],
): CrewIntegrationResponse {
  const response = toCrewIntegrationResponse(row);
  return warnings.length === 0 ? response : { ...response, warnings: [...warnings] };
}
