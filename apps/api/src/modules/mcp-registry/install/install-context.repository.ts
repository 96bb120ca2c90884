import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import { PrismaService } from '#prisma';

/** What of its workspace an installation has to know. */
@Injectable()
export class InstallContextRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** Names of the workspace's live credentials that begin so, in lower case. */
  async findTaken(scope: WorkspaceScope, prefix: string): Promise<string[]> {
    const rows = await this.prisma.client.credential.findMany({
      where: { workspaceId: scope.workspaceId, deletedAt: null, name: { startsWith: prefix, mode: 'insensitive' } },
      select: { name: true },
    });
    return rows.map(({ name }) => name.toLowerCase());
  }

  /** Whether the crew is one of the workspace's. */
  async hasCrew(scope: WorkspaceScope, crewId: string): Promise<boolean> {
    const where = { id: crewId, workspaceId: scope.workspaceId, deletedAt: null };
    return (await this.prisma.client.crew.findFirst({ where, select: { id: true } })) !== null;
  }
}
