import { Injectable } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import { Clock, Ids, raise, Transactions, type WorkspaceScope } from '#kernel';
import type { ListedTool } from '#mcp-client';
import { consoleErrors } from './console.errors.js';
import { toAction, toAgentIntegration, toTool } from './console.mapper.js';
import type { ConsoleAction, ConsoleServer } from './console.types.js';
import { ConsoleActionsRepository } from './console-actions.repository.js';
import { ConsoleServersService } from './console-servers.service.js';
import type { ActionResponse, SwitchedActionsResponse } from './dto/action.response.js';
import type { AgentIntegrationResponse } from './dto/agent-integration.response.js';
import type { McpToolResponse } from './dto/mcp-server.response.js';
import { compareTools, type ToolSync } from './tool-sync.js';

/** The tools that an agent has through the console, and whether they are offered. */
@Injectable()
export class ConsoleActionsService {
  constructor(
    private readonly servers: ConsoleServersService,
    private readonly repository: ConsoleActionsRepository,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** All integrations of the agent with their tools. @throws AppError `console.agent_not_found`. */
  async listIntegrations(scope: WorkspaceScope, agentId: string): Promise<AgentIntegrationResponse[]> {
    const servers = await this.servers.list(scope, agentId);
    const actions = new Map<string, ConsoleAction[]>(servers.map(({ id }) => [id, []]));
    for (const action of await this.repository.findMany(scope, agentId, null)) {
      actions.get(action.integrationId)?.push(action);
    }
    return servers.map((server) => toAgentIntegration(server, actions.get(server.id) ?? []));
  }

  /** All tools of the agent. @throws AppError `console.agent_not_found`. */
  async list(scope: WorkspaceScope, agentId: string): Promise<ActionResponse[]> {
    await this.servers.requireAgent(scope, agentId);
    return (await this.repository.findMany(scope, agentId, null)).map(toAction);
  }

  /** The tools of one integration, by name. @throws AppError 404 or `console.type_mismatch`. */
  async listTools(scope: WorkspaceScope, agentId: string, id: string): Promise<McpToolResponse[]> {
    await this.servers.get(scope, agentId, id);
    return (await this.repository.findMany(scope, agentId, id)).map(toTool);
  }

  /**
   * Switches tools on or off. Ids that are not the agent's are passed over in silence.
   * @throws AppError `console.agent_not_found`.
   */
  switch(
    scope: WorkspaceScope,
    agentId: string,
    ids: readonly string[],
    enabled: boolean,
  ): Promise<SwitchedActionsResponse> {
    return this.transactions.run(async () => {
      await this.servers.requireAgent(scope, agentId);
      const switched = await this.repository.switch(scope, agentId, ids, enabled, this.clock.now());
      const count = switched.length;
      if (count > 0) {
        await this.audit.record(scope, {
          action: 'tool_binding.update',
          entityType: 'AGENT',
          entityId: agentId,
          metadata: { enabled, count, ids: switched },
        });
      }
      return { updated_count: count };
    });
  }

  /** Brings the recorded tools of a server in line with what it lists. Runs in the caller's transaction. @throws AppError 404. */
  async record(scope: WorkspaceScope, server: ConsoleServer, tools: readonly ListedTool[]): Promise<ToolSync> {
    const recorded =
      (await this.repository.holdRecorded(scope, server.id)) ?? raise(consoleErrors.integrationNotFound());
    const sync = compareTools(recorded, tools);
    const now = this.clock.now();
    await this.repository.apply(scope, server.id, sync, { now, nextId: () => this.ids.next() });
    await this.audit.record(scope, {
      action: 'tool_binding.refresh',
      entityType: 'INTEGRATION',
      entityId: server.id,
      entityName: server.name,
      metadata: {
        total: tools.length,
        created: sync.created.length,
        updated: sync.updated.length,
        disabled: sync.missing.length,
      },
    });
    return sync;
  }
}
