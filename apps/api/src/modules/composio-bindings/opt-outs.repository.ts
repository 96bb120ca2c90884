import { Injectable } from '@nestjs/common';
import { Clock, Ids, type WorkspaceScope } from '#kernel';
import { PrismaService } from '#prisma';

/** Agents that get nothing of Composio. */
@Injectable()
export class OptOutsRepository {
  constructor(
    private readonly prisma: PrismaService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Whether the agent has opted out. */
  async has({ workspaceId }: WorkspaceScope, agentId: string): Promise<boolean> {
    const row = await this.prisma.client.composioOptOut.findFirst({
      where: { workspaceId, agentId },
      select: { id: true },
    });
    return row !== null;
  }

  /** Opts the agent out. False when it has already. */
  async insert({ workspaceId }: WorkspaceScope, agentId: string): Promise<boolean> {
    const { count } = await this.prisma.client.composioOptOut.createMany({
      data: { id: this.ids.next(), workspaceId, agentId, createdAt: this.clock.now() },
      skipDuplicates: true,
    });
    return count > 0;
  }

  /** Ends the agent's opt-out. False when there was none. */
  async remove({ workspaceId }: WorkspaceScope, agentId: string): Promise<boolean> {
    const { count } = await this.prisma.client.composioOptOut.deleteMany({ where: { workspaceId, agentId } });
    return count > 0;
  }
}
