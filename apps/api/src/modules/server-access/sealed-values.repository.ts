import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import { type Prisma, PrismaService } from '#prisma';
import type { SealedCredential } from './server-access.types.js';

const sealedColumns = { id: true, name: true, username: true, sealedValue: true } satisfies Prisma.CredentialSelect;

/** Sealed values on their way to a server. Nothing else reads them. */
@Injectable()
export class SealedValuesRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** The active credentials among the ids and names, that have a value and have not expired. */
  async findUsable(
    scope: Pick<WorkspaceScope, 'workspaceId'>,
    wanted: { ids: readonly string[]; names: readonly string[] },
    now: Date,
  ): Promise<SealedCredential[]> {
    if (wanted.ids.length === 0 && wanted.names.length === 0) return [];
    const rows = await this.prisma.client.credential.findMany({
      where: {
        workspaceId: scope.workspaceId,
        deletedAt: null,
        status: 'ACTIVE',
        sealedValue: { not: null },
        AND: [
          { OR: [{ tokenExpiresAt: null }, { tokenExpiresAt: { gt: now } }] },
          { OR: [{ id: { in: [...wanted.ids] } }, { name: { in: [...wanted.names] } }] },
        ],
      },
      select: sealedColumns,
    });
    return rows.flatMap(({ sealedValue, ...row }) => (sealedValue === null ? [] : [{ ...row, sealedValue }]));
  }
}
