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

  /** Removes an agent's bindings to servers of a crew that it leaves: they could never resolve again. */
  async removeBindingsToCrew(scope: WorkspaceScope, agentId: string, crewId: string): Promise<number> {
    const { count } = await this.prisma.client.agentBinding.deleteMany({
      where: { workspaceId: scope.workspaceId, agentId, crewIntegration: { crewId } },
    });
    return count;
  }
}
