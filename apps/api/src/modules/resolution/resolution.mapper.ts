import type { EffectiveServer } from '#resolver-core';
import { maskPlaceholders } from '#vault';
import type { ResolvedIntegrationResponse } from './dto/resolved-integration.response.js';

/** An effective server as it is answered to people: references as written, sealed literals masked. */
export function toResolvedIntegration(server: EffectiveServer): ResolvedIntegrationResponse {
  return {
    server_id: server.serverId,
    scope: server.scope,
    name: server.name,
    display_name: server.displayName,
    transport: server.transport,
    endpoint: server.endpoint,
    command: server.command,
    args_json: server.argsJson,
    env_json: maskPlaceholders(server.envJson),
    config_json: maskPlaceholders(server.configJson),
    icon: server.icon,
    enabled: true,
    credential_id: server.credentialId,
    credential_name: server.credentialName,
    tools: server.tools,
  };
}
