import { maskPlaceholders } from '#vault';
import { credentialOf, settingsOf } from '../server-settings/sent-members-rules.js';
import type { SettingsWarning } from '../server-settings/server-settings.types.js';
import type { CreateWorkspaceIntegrationDto } from './dto/create-workspace-integration.dto.js';
import type { WorkspaceIntegrationResponse } from './dto/workspace-integration.response.js';
import type { CountedWorkspaceIntegration, WorkspaceServerDraft } from './workspace-integrations.types.js';

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
    credential_id: row.credentialName === null ? null : row.credentialId,
    credential_name: row.credentialName,
    cred_type: row.credType,
    cred_header: row.credHeader,
    env_var_name: row.envVarName,
    origin: row.origin,
    origin_ref: row.originRef,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
    agent_binding_count: row.agentBindingCount,
    crew_server_count: row.crewServerCount,
  };
}

/** A body as a server that is to be registered. */
export function toDraft(dto: CreateWorkspaceIntegrationDto): WorkspaceServerDraft {
  return {
    name: dto.name,
    displayName: dto.display_name,
    transport: dto.transport,
    endpoint: dto.endpoint,
    command: dto.command,
    ...settingsOf(dto),
    ...credentialOf(dto),
    icon: dto.icon,
    visibility: dto.visibility,
    locked: dto.locked,
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
