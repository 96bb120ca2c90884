import { Injectable } from '@nestjs/common';
import { raise, type WorkspaceScope } from '#kernel';
import { BindCredentialService } from '../agent-bindings/bind-credential.service.js';
import { settingsSpeaking } from '../server-settings/http-transport-rules.js';
import { CreateWorkspaceIntegrationService } from '../workspace-integrations/create-workspace-integration.service.js';
import { consoleErrors } from './console.errors.js';
import { toMcpServer } from './console.mapper.js';
import type { ConsoleServer } from './console.types.js';
import { ConsoleAuthService } from './console-auth.service.js';
import { ConsoleIntegrationsRepository } from './console-integrations.repository.js';
import type { McpServerIntegrationResponse } from './dto/mcp-server.response.js';
import type { WantedServer } from './mcp-server-rules.js';

/** The servers behind the console's integrations: rows of the workspace that one agent is bound to. */
@Injectable()
export class ConsoleServersService {
  constructor(
    private readonly repository: ConsoleIntegrationsRepository,
    private readonly creation: CreateWorkspaceIntegrationService,
    private readonly bindings: BindCredentialService,
    private readonly auth: ConsoleAuthService,
  ) {}

  /** All of an agent, newest first. @throws AppError `console.agent_not_found`. */
  async list(scope: WorkspaceScope, agentId: string): Promise<ConsoleServer[]> {
    await this.requireAgent(scope, agentId);
    return this.repository.findMany(scope, agentId);
  }

  /** The same as they are shown. */
  async listShown(scope: WorkspaceScope, agentId: string): Promise<McpServerIntegrationResponse[]> {
    return (await this.list(scope, agentId)).map(toMcpServer);
  }

  /** One of them as it is shown. @throws AppError as {@link get}. */
  async getShown(scope: WorkspaceScope, agentId: string, id: string): Promise<McpServerIntegrationResponse> {
    return toMcpServer(await this.get(scope, agentId, id));
  }

  /**
   * One of them.
   * @throws AppError 404 for the agent and the integration, 400 `console.type_mismatch` for a server that the agent has
   * from elsewhere.
   */
  async get(scope: WorkspaceScope, agentId: string, id: string): Promise<ConsoleServer> {
    const found = (await this.repository.find(scope, agentId, id)) ?? raise(consoleErrors.agentNotFound());
    if (found.server) return found.server;
    throw found.otherType ? consoleErrors.typeMismatch() : consoleErrors.integrationNotFound();
  }

  /** The same, and nobody else changes it through the console before the transaction ends. */
  async getAndLock(scope: WorkspaceScope, agentId: string, id: string): Promise<ConsoleServer> {
    await this.repository.lock(scope, id);
    return this.get(scope, agentId, id);
  }

  /** @throws AppError `console.agent_not_found`, also for agents of other workspaces. */
  async requireAgent(scope: WorkspaceScope, agentId: string): Promise<void> {
    if (!(await this.repository.findAgent(scope, agentId))) throw consoleErrors.agentNotFound();
  }

  /** Makes the server with its sealed credential, bound to the agent alone, and answers its id. In the caller's transaction. */
  async register(
    scope: WorkspaceScope,
    agentId: string,
    wanted: WantedServer & { internalName: string },
  ): Promise<string> {
    const auth = await this.auth.seal(scope, wanted.auth, wanted.name);
    const { id } = await this.creation.create(scope, {
      name: wanted.internalName,
      displayName: wanted.name,
      endpoint: wanted.serverUrl,
      configJson: settingsSpeaking(wanted.transport === 'http_sse' ? 'sse' : 'streamable-http', null),
      visibility: 'bound',
      origin: 'console',
      ...auth,
    });
    await this.auth.tie(scope, auth, id);
    await this.bindings.add(scope, agentId, { scope: 'workspace', id });
    return id;
  }
}
