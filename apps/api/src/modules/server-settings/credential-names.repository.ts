import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import { PrismaService } from '#prisma';

/** Which credential names a workspace knows. */
@Injectable()
export class CredentialNamesRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** Those of the names that a live credential of the workspace has. */
  async findKnown(scope: WorkspaceScope, names: readonly string[]): Promise<ReadonlySet<string>> {
    if (names.length === 0) return new Set();
    const rows = await this.prisma.client.credential.findMany({
      where: { workspaceId: scope.workspaceId, deletedAt: null, name: { in: [...names] } },
      select: { name: true },
    });
    return new Set(rows.map((row) => row.name));
  }
}
