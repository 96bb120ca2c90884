import { Secret } from '#kernel';
import { isJsonObject, type JsonObject } from '#vault';
import type { PreparedBlob } from './server-access.types.js';
import { TextRendering, type TextValues } from './text-rendering.js';

/**
 * Puts values in place of the references in an agent's own `mcp_config_json`. A server that lacks one is left out, since
 * that format has no way to say that a server is not ready.
 */
export function renderBlob(blob: JsonObject, values: TextValues): PreparedBlob {
  const rendering = new TextRendering(values);
  const { mcpServers, ...rest } = blob;
  const servers = isJsonObject(mcpServers) ? Object.entries(mcpServers) : [];
  const ready = servers.flatMap(([name, server]) => {
    const before = rendering.problems.length;
    const rendered = rendering.json(server, `agent_mcp_config_json.mcpServers.${name}`);
    return rendering.problems.length === before ? [[name, rendered] as const] : [];
  });
  const { problems } = rendering;
  const others = new TextRendering(values);
  const around = Object.entries(rest).flatMap(([name, member]) => {
    const before = others.problems.length;
    const rendered = others.json(member, `agent_mcp_config_json.${name}`);
    return others.problems.length === before ? [[name, rendered] as const] : [];
  });
  const json = new Secret(JSON.stringify({ ...Object.fromEntries(around), mcpServers: Object.fromEntries(ready) }));
  return { json, problems: [...problems, ...others.problems] };
}
