import type { ComposioOperation } from './composio.errors.js';
import type { ComposioAccess, MadeMcpServer, McpServerScope } from './composio.types.js';
import { type ComposioConnection, read, type UpstreamAnswer } from './composio-connection.js';
import { mcpServer } from './upstream-answers.schema.js';

const maxAttempts = 4;
const invalidTools = 'MCP_InvalidToolsProvided';

/**
 * Makes an MCP server, without the tools that Composio refuses by name. When it refuses all of them, or names none of
 * them, the refusal stands: a server never gets more tools than were asked for.
 */
export async function createMcpServerOf(
  connection: ComposioConnection,
  access: ComposioAccess,
  operation: ComposioOperation,
  wish: { name: string } & McpServerScope,
): Promise<MadeMcpServer> {
  let allowedTools = wish.allowedTools;
  for (let attempt = 1; ; attempt += 1) {
    const body = {
      name: wish.name,
      auth_config_ids: wish.authConfigIds,
      allowed_tools: allowedTools,
      managed_auth_via_composio: true,
    };
    const answer = await connection.send(access, operation, (sdk, options) => sdk.mcp.create(body, options));
    const left = answer.ok ? allowedTools : withoutRefused(allowedTools, answer.text);
    if (answer.ok || attempt === maxAttempts || left.length === 0 || left.length === allowedTools.length) {
      const made = read(operation, mcpServer, connection.expectSuccess(access, operation, answer));
      return { ...made, name: made.name || wish.name, authConfigIds: wish.authConfigIds, allowedTools };
    }
    allowedTools = left;
  }
}

// Whole names only: one may be the beginning of another.
function withoutRefused(tools: readonly string[], refusal: string): string[] {
  if (!refusal.includes(invalidTools)) return [...tools];
  const named = new Set(refusal.match(/\w+/g)?.map((word) => word.toUpperCase()));
  return tools.filter((tool) => !named.has(tool.toUpperCase()));
}

/**
 * Replaces what an MCP server serves, by the path that Composio publishes, else by the one that other clients use. False
 * where neither leads to a server that can be changed.
 */
export async function updateMcpServerOf(
  connection: ComposioConnection,
  access: ComposioAccess,
  serverId: string,
  { authConfigIds, allowedTools }: McpServerScope,
): Promise<boolean> {
  const operation = 'update mcp server';
  const body = { auth_config_ids: authConfigIds, allowed_tools: allowedTools, managed_auth_via_composio: true };
  const path = `/api/v3.1/mcp/servers/${encodeURIComponent(serverId)}`;
  const published = await connection.send(access, operation, (sdk, options) => sdk.mcp.update(serverId, body, options));
  const answer = isAbsent(published)
    ? await connection.send(access, operation, (sdk, options) => sdk.patch(path, { ...options, body }))
    : published;
  if (isAbsent(answer)) return false;
  connection.expectSuccess(access, operation, answer);
  return true;
}

function isAbsent({ status }: UpstreamAnswer): boolean {
  return status === 404 || status === 405;
}
