import { Injectable } from '@nestjs/common';
import { Clock, Ids, type WorkspaceScope } from '#kernel';
import { PrismaService } from '#prisma';

const usualName = 'composio-managed-key';

/** The credential that stands for the workspace's key to Composio. It holds no value: that is asked for at every use. */
@Injectable()
export class ManagedKeyRepository {
  constructor(
    private readonly prisma: PrismaService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Its id; it is made where there is none. Runs in the transaction of whoever holds the workspace's lease. */
  async ensure({ workspaceId, actor }: WorkspaceScope): Promise<string> {
    const existing = await this.prisma.client.credential.findFirst({
      where: { workspaceId, managedBy: 'composio', deletedAt: null },
      select: { id: true },
    });
    if (existing) return existing.id;
    const id = this.ids.next();
    const now = this.clock.now();
    const isTaken = await this.prisma.client.credential.findFirst({
      where: { workspaceId, name: usualName, deletedAt: null },
      select: { id: true },
    });
    await this.prisma.client.credential.create({
      data: {
        id,
        workspaceId,
        name: isTaken ? `${usualName}-${id.slice(-8)}` : usualName,
        description: 'Stands for the workspace’s Composio API key, which its servers at Composio are used with.',
        type: 'API_KEY',
        provider: 'CUSTOM',
        managedBy: 'composio',
        createdByActorId: actor.userId,
        createdAt: now,
        updatedAt: now,
      },
      select: { id: true },
    });
    return id;
  }
}
