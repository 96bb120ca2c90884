import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import { PrismaService } from '#prisma';

/** What hangs on agents, and goes with them. */
@Injectable()
export class AgentRemovalRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** Marks one live agent, or all of a crew, as deleted. Answers their ids. */
  async markDeleted(scope: WorkspaceScope, which: { id: string } | { crewId: string }, now: Date): Promise<string[]> {
    const rows = await this.prisma.client.agent.updateManyAndReturn({
      where: { workspaceId: scope.workspaceId, deletedAt: null, ...which },
      data: { deletedAt: now, updatedAt: now, sealedWebhookSecret: null, mcpConfigJson: null },
      select: { id: true },
    });
    return rows.map((row) => row.id);
  }

  /** Removes the agents' bindings and credential grants. Answers how many. */
  async removeTies(scope: WorkspaceScope, ids: readonly string[]): Promise<{ bindings: number; grants: number }> {
    if (ids.length === 0) return { bindings: 0, grants: 0 };
    const agentId = { in: [...ids] };
    const bindings = await this.prisma.client.agentBinding.deleteMany({
      where: { workspaceId: scope.workspaceId, agentId },
    });
    const grants = await this.prisma.client.agentCredential.deleteMany({
      where: { agentId, agent: { workspaceId: scope.workspaceId } },
    });
    return { bindings: bindings.count, grants: grants.count };
  }

  /** Servers that the console made for these agents and that nobody else is bound to. */
  async findOwnServers(scope: WorkspaceScope, agentIds: readonly string[]): Promise<string[]> {
    const agentId = { in: [...agentIds] };
    const { client } = this.prisma;
    const made = await client.consoleIntegration.findMany({
      where: { workspaceId: scope.workspaceId, agentId, deletedAt: null },
      select: { id: true },
    });
    const servers = await client.workspaceIntegration.findMany({
      where: {
        id: { in: made.map(({ id }) => id) },
        workspaceId: scope.workspaceId,
        agentBindings: { none: { NOT: { agentId } } },
      },
      select: { id: true },
    });
    return servers.map(({ id }) => id);
  }

  /** Removes servers with everything that hangs on them. */
  async removeServers(scope: WorkspaceScope, ids: readonly string[], now: Date): Promise<void> {
    const where = { id: { in: [...ids] }, workspaceId: scope.workspaceId };
    await this.prisma.client.workspaceIntegration.deleteMany({ where });
    await this.prisma.client.consoleIntegration.updateMany({ where, data: { deletedAt: now } });
  }

  /** Removes an agent's bindings to servers of a crew that it leaves: they could never resolve again. */
  async removeBindingsToCrew(scope: WorkspaceScope, agentId: string, crewId: string): Promise<number> {
    const { count } = await this.prisma.client.agentBinding.deleteMany({
      where: { workspaceId: scope.workspaceId, agentId, crewIntegration: { crewId } },
    });
    return count;
  }
}
