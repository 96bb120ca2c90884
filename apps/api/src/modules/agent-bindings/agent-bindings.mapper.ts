import { maskPlaceholders } from '#vault';
import type { SettingsWarning } from '../server-settings/server-settings.types.js';
import type { DetailedAgentBinding } from './agent-bindings.types.js';
import type { AgentBindingResponse } from './dto/agent-binding.response.js';

/** A stored row as it is answered. The only place that shows a binding to the outside. */
export function toAgentBindingResponse(row: DetailedAgentBinding): AgentBindingResponse {
  return {
    id: row.id,
    agent_id: row.agentId,
    mcp_server_id: row.server.id,
    mcp_server_scope: row.server.scope,
    credential_id: row.credentialName === null ? null : row.credentialId,
    cred_type: row.credType,
    cred_header: row.credHeader,
    env_var_name: row.envVarName,
    enabled: row.enabled,
    config_override_json: maskPlaceholders(row.configOverrideJson),
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
    server_name: row.serverName,
    server_display_name: row.serverDisplayName,
    credential_name: row.credentialName,
  };
}

/** The answer of a change: the row, and what the caller will want to know. */
export function toChangedResponse(
  row: DetailedAgentBinding,
  warnings: readonly SettingsWarning[],
): AgentBindingResponse {
  const response = toAgentBindingResponse(row);
  return warnings.length === 0 ? response : { ...response, warnings: [...warnings] };
}
