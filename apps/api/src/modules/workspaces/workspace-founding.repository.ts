import { Injectable } from '@nestjs/common';
import { PrismaService } from '#prisma';
import type { Workspace } from './workspaces.types.js';

/** Writes many new workspaces at once. */
@Injectable()
export class WorkspaceFoundingRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** Inserts those whose slug nobody has, deleted workspaces included, and answers their ids. Never breaks a transaction. */
  async insertThoseWithFreeSlugs(rows: readonly Workspace[]): Promise<ReadonlySet<string>> {
    const written = await this.prisma.client.workspace.createManyAndReturn({
      data: [...rows],
      skipDuplicates: true,
      select: { id: true },
    });
    return new Set(written.map(({ id }) => id));
  }

  /** Makes a user the owner of workspaces that are being made. */
  async insertOwners(rows: readonly { id: string; workspaceId: string }[], userId: string, now: Date): Promise<void> {
    await this.prisma.client.workspaceMember.createMany({
      data: rows.map((row) => ({ ...row, userId, role: 'OWNER', createdAt: now, updatedAt: now })),
    });
  }
}
