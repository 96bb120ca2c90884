import { Injectable } from '@nestjs/common';
import { Egress } from '#egress';
import type { LateBody } from '#http';
import { Transactions, type WorkspaceScope } from '#kernel';
import { maskPlaceholders } from '#vault';
import { settingsSpeaking } from '../server-settings/http-transport-rules.js';
import { UpdateWorkspaceIntegrationService } from '../workspace-integrations/update-workspace-integration.service.js';
import type { ConsoleServer, ConsoleTransport } from './console.types.js';
import { ConsoleAuthService, type StoredAuth } from './console-auth.service.js';
import { ConsoleIntegrationsRepository } from './console-integrations.repository.js';
import { ConsoleServersService } from './console-servers.service.js';
import type { McpServerIntegrationResponse } from './dto/mcp-server.response.js';
import type { UpdateMcpServerDto } from './dto/update-mcp-server.dto.js';
import { readChange } from './mcp-server-rules.js';

/** Changing an agent's MCP server. Its tools and their switches stay. */
@Injectable()
export class UpdateMcpServerService {
  constructor(
    private readonly repository: ConsoleIntegrationsRepository,
    private readonly servers: ConsoleServersService,
    private readonly auth: ConsoleAuthService,
    private readonly changes: UpdateWorkspaceIntegrationService,
    private readonly egress: Egress,
    private readonly transactions: Transactions,
  ) {}

  /** @throws AppError 400 for the body, 404, or `console.type_mismatch`. */
  update(
    scope: WorkspaceScope,
    agentId: string,
    id: string,
    body: LateBody<UpdateMcpServerDto>,
  ): Promise<McpServerIntegrationResponse> {
    const dto = body.read();
    return this.transactions.run(async () => {
      const before = await this.servers.getAndLock(scope, agentId, id);
      const { name, serverUrl, transport, auth } = readChange(before, dto, body.peek('auth_config'), {
        policy: this.egress.policy,
        sendsOthersSecrets: !!dto.server_url && (await this.auth.sendsOthersSecrets(scope, id)),
      });
      const stored = auth && (await this.auth.seal(scope, auth, name ?? before.name));
      await this.changes.change(scope, id, {
        ...(name !== undefined && { display_name: name }),
        ...(serverUrl !== undefined && { endpoint: serverUrl }),
        ...(transport !== undefined && { config_json: settingsAfter(before, transport) }),
        ...(stored && membersOf(stored)),
      });
      if (auth && stored) {
        await this.repository.setAuthType(scope, id, auth.authType);
        await this.auth.wipeEarlier(scope, stored, id);
        await this.auth.tie(scope, stored, id);
      }
      if (serverUrl !== undefined || transport !== undefined || auth) await this.repository.forgetConnection(scope, id);
      return this.servers.getShown(scope, agentId, id);
    });
  }
}

// An administrator may have added settings of their own; sealed ones among them stay as they are.
function settingsAfter({ configJson }: ConsoleServer, transport: ConsoleTransport): string | null {
  const settings = configJson === null ? null : maskPlaceholders(configJson);
  return settingsSpeaking(transport === 'http_sse' ? 'sse' : 'streamable-http', settings);
}

function membersOf({ credentialId, credType, credHeader }: StoredAuth) {
  return { credential_id: credentialId, cred_type: credType, cred_header: credHeader };
}
