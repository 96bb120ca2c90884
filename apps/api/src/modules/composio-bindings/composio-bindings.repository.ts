import { Injectable } from '@nestjs/common';
import { Clock, Ids, type WorkspaceScope } from '#kernel';
import { isUniqueViolation, PrismaService } from '#prisma';
import { composioBindingErrors } from './composio-bindings.errors.js';
import type { ComposioBinding, ServedApp } from './composio-bindings.types.js';
import { displayNameOf, integrationNameOf } from './integration-names.js';

/** What an agent is to have. */
export interface AgentApps {
  agentId: string;
  userId: string;
  /** The credential that stands for the workspace's key. */
  keyId: string;
  apps: readonly ServedApp[];
}

/** Agents' apps: a server row of the workspace, the agent's binding on it, and what both are for. */
@Injectable()
export class ComposioBindingsRepository {
  constructor(
    private readonly prisma: PrismaService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** The agent's apps by toolkit, those whose binding is off or gone too. */
  findByAgent({ workspaceId }: WorkspaceScope, agentId: string): Promise<ComposioBinding[]> {
    return this.prisma.client.$queryRaw<ComposioBinding[]>`
      SELECT b.id, b.workspace_integration_id AS "workspaceIntegrationId", b.server_id AS "serverId", b.toolkit, b.mode,
        b.tools, b.user_id AS "userId", s.endpoint, coalesce(a.enabled, false) AS enabled
      FROM composio_bindings b
      JOIN workspace_integrations s ON s.id = b.workspace_integration_id
      LEFT JOIN agent_bindings a ON a.workspace_integration_id = s.id AND a.agent_id = b.agent_id
      WHERE b.agent_id = ${agentId} AND b.workspace_id = ${workspaceId}
      ORDER BY b.toolkit`;
  }

  /** Removes apps of the agent with their servers here and its bindings. Answers the toolkits. */
  async remove({ workspaceId }: WorkspaceScope, agentId: string, which: { toolkits: readonly string[] } | 'all') {
    const toolkit = which === 'all' ? {} : { toolkit: { in: [...which.toolkits] } };
    const found = await this.prisma.client.composioBinding.findMany({
      where: { workspaceId, agentId, ...toolkit },
      select: { workspaceIntegrationId: true, toolkit: true },
    });
    // Bindings and what they are for go with the servers by foreign key.
    const id = { in: found.map((row) => row.workspaceIntegrationId) };
    await this.prisma.client.workspaceIntegration.deleteMany({ where: { id, workspaceId } });
    return found.map((row) => row.toolkit).sort();
  }

  /** Adds an app. @throws AppError `composio_binding.name_taken` when another integration has the name that it needs. */
  async insert({ workspaceId }: WorkspaceScope, { agentId, userId, keyId }: AgentApps, app: ServedApp): Promise<void> {
    const now = this.clock.now();
    const times = { createdAt: now, updatedAt: now };
    const id = this.ids.next();
    const { toolkit, mode, tools, serverId, endpoint } = app;
    const name = integrationNameOf(agentId, toolkit);
    try {
      await this.prisma.client.workspaceIntegration.create({
        data: {
          id,
          workspaceId,
          name,
          displayName: displayNameOf(app),
          transport: 'streamable-http',
          endpoint,
          icon: 'composio',
          locked: true,
          visibility: 'bound',
          origin: 'composio',
          originRef: toolkit,
          ...times,
        },
        select: { id: true },
      });
    } catch (cause) {
      throw isUniqueViolation(cause) ? composioBindingErrors.nameTaken({ cause, params: { name } }) : cause;
    }
    const row = { id: this.ids.next(), workspaceId, agentId, workspaceIntegrationId: id, serverId, userId };
    const data = { ...row, toolkit, mode, tools, ...times };
    await this.prisma.client.composioBinding.create({ data, select: { id: true } });
    await this.bind(workspaceId, agentId, id, keyId);
  }

  /** Makes an app that the agent has what it is to be now. */
  async update(
    { workspaceId }: WorkspaceScope,
    { agentId, userId, keyId }: AgentApps,
    before: ComposioBinding,
    app: ServedApp,
  ): Promise<void> {
    const updatedAt = this.clock.now();
    const { mode, tools, serverId, endpoint } = app;
    await this.prisma.client.workspaceIntegration.updateMany({
      where: { id: before.workspaceIntegrationId, workspaceId },
      data: { displayName: displayNameOf(app), endpoint, updatedAt },
    });
    await this.prisma.client.composioBinding.updateMany({
      where: { id: before.id, workspaceId },
      data: { mode, tools, serverId, userId, updatedAt },
    });
    await this.bind(workspaceId, agentId, before.workspaceIntegrationId, keyId);
  }

  /** Keeps a live agent of the workspace from being deleted before the transaction ends. False when there is none. */
  async holdAgent({ workspaceId }: WorkspaceScope, agentId: string): Promise<boolean> {
    const rows = await this.prisma.client.$queryRaw<unknown[]>`
      SELECT 1 FROM agents WHERE id = ${agentId} AND workspace_id = ${workspaceId} AND deleted_at IS NULL FOR SHARE`;
    return rows.length > 0;
  }

  /** Whether the workspace has this agent, live. */
  async hasAgent({ workspaceId }: WorkspaceScope, agentId: string): Promise<boolean> {
    const agent = await this.prisma.client.agent.findFirst({
      where: { id: agentId, workspaceId, deletedAt: null },
      select: { id: true },
    });
    return agent !== null;
  }

  private async bind(workspaceId: string, agentId: string, workspaceIntegrationId: string, credentialId: string) {
    const now = this.clock.now();
    const state = { credentialId, credType: 'api_key', credHeader: 'x-api-key', enabled: true, updatedAt: now };
    await this.prisma.client.agentBinding.upsert({
      where: { agentId_workspaceIntegrationId: { agentId, workspaceIntegrationId } },
      create: { id: this.ids.next(), workspaceId, agentId, workspaceIntegrationId, ...state, createdAt: now },
      update: state,
      select: { id: true },
    });
  }
}
