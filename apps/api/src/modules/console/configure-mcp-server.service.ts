import { Injectable } from '@nestjs/common';
import { Egress } from '#egress';
import type { LateBody } from '#http';
import { Clock, Ids, raise, Transactions, type WorkspaceScope } from '#kernel';
import { consoleErrors } from './console.errors.js';
import { ConsoleIntegrationsRepository } from './console-integrations.repository.js';
import { ConsoleServersService } from './console-servers.service.js';
import type { ConfigureMcpServerDto } from './dto/configure-mcp-server.dto.js';
import type { McpServerIntegrationResponse } from './dto/mcp-server.response.js';
import { readNewServer, type WantedServer } from './mcp-server-rules.js';

/** Making MCP servers for one agent. */
@Injectable()
export class ConfigureMcpServerService {
  constructor(
    private readonly repository: ConsoleIntegrationsRepository,
    private readonly servers: ConsoleServersService,
    private readonly egress: Egress,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * Registers the server, bound to this agent alone. It is not connected to.
   * @throws AppError 400 for the body, 404 for the agent, 400 `console.workflow_required`, 409 for the plan's limit; judged
   * in this order.
   */
  configure(
    scope: WorkspaceScope,
    agentId: string,
    body: LateBody<ConfigureMcpServerDto>,
  ): Promise<McpServerIntegrationResponse> {
    const dto = body.read();
    const wanted = readNewServer(dto, body.peek('auth_config'), this.egress.policy);
    return this.transactions.run(async () => {
      const agent = (await this.repository.holdAgent(scope, agentId)) ?? raise(consoleErrors.agentNotFound());
      if ((agent.workflowId ?? '').trim() === '') throw consoleErrors.workflowRequired();
      if (!(await this.repository.hasRoomAndHold(scope))) throw consoleErrors.integrationLimitReached();
      const id = await this.#make(scope, agentId, wanted);
      return this.servers.getShown(scope, agentId, id);
    });
  }

  async #make(scope: WorkspaceScope, agentId: string, wanted: WantedServer): Promise<string> {
    const id = await this.servers.register(scope, agentId, {
      ...wanted,
      internalName: this.#internalName(wanted.name),
    });
    const authType = wanted.auth.authType;
    await this.repository.insert(scope, { id, agentId, authType, createdAt: this.clock.now() });
    return id;
  }

  // Names of servers are unique in a workspace, those of console integrations are not.
  #internalName(name: string): string {
    const slug = name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 40);
    return `${slug || 'mcp-server'}-${this.ids.next().slice(-12)}`;
  }
}
