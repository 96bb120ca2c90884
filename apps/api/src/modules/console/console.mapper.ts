import { speaksSse } from '../server-settings/http-transport-rules.js';
import { authTypes, type ConsoleAction, type ConsoleServer, consoleTransports } from './console.types.js';
import type { ActionResponse } from './dto/action.response.js';
import type { AgentIntegrationResponse, ConfigFieldResponse } from './dto/agent-integration.response.js';
import type { McpServerIntegrationResponse, McpToolResponse } from './dto/mcp-server.response.js';

/** The family of integrations that an MCP server is. */
export const mcpServerType = 'mcp_server';
const mcpCategory = 'mcp';

/** A server as the console shows it: never anything of what is sent to it. */
export function toMcpServer({
  id,
  name,
  serverUrl,
  configJson,
  authType,
}: ConsoleServer): McpServerIntegrationResponse {
  const transport = consoleTransports[speaksSse(configJson) ? 1 : 0];
  return { id, config: { name, server_url: serverUrl ?? '', transport, auth_type: authType } };
}

/** A tool among those of its server. */
export function toTool({ id, toolName, title, description, enabled }: ConsoleAction): McpToolResponse {
  return {
    id,
    action_name: toolName,
    name: title ?? toolName,
    description,
    category: mcpCategory,
    is_enabled: enabled,
  };
}

/** A tool among all that the agent has. */
export function toAction(action: ConsoleAction): ActionResponse {
  return {
    id: action.id,
    integration_id: action.integrationId,
    integration_type: mcpServerType,
    integration_name: action.integrationName,
    name: action.title ?? action.toolName,
    action_name: action.toolName,
    description: action.description,
    is_enabled: action.enabled,
  };
}

/** An integration of any family, with its tools. */
export function toAgentIntegration(server: ConsoleServer, actions: readonly ConsoleAction[]): AgentIntegrationResponse {
  return {
    id: server.id,
    type: mcpServerType,
    name: server.name,
    status: statusOf(server),
    is_connected: server.lastConnectedOk === true,
    config_fields: configFields,
    actions: actions.map(({ toolName, title, description, enabled }) => ({
      action_name: toolName,
      name: title ?? toolName,
      description,
      category: mcpCategory,
      is_enabled: enabled,
      require_human_approval: false,
    })),
  };
}

function statusOf({ enabled, lastConnectedOk }: ConsoleServer): AgentIntegrationResponse['status'] {
  if (!enabled) return 'disabled';
  return lastConnectedOk === false ? 'error' : 'enabled';
}

const configFields: ConfigFieldResponse[] = [
  { key: 'name', label: 'Name', type: 'text', required: true },
  { key: 'server_url', label: 'Server URL', type: 'url', required: true },
  { key: 'transport', label: `Transport (${consoleTransports.join(', ')})`, type: 'select', required: false },
  { key: 'auth_type', label: `Authentication (${authTypes.join(', ')})`, type: 'select', required: false },
  { key: 'auth_config', label: 'Secrets of the authentication', type: 'secret', required: false },
];
