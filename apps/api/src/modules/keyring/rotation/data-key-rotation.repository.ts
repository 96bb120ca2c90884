import { Injectable } from '@nestjs/common';
import { Prisma, PrismaService } from '#prisma';
import type { WrappedDataKey } from '#vault';
import { sealedColumns } from '../sealed-columns.js';

/** The newest data key of a workspace that is to get a newer one. */
export interface DueWorkspace {
  workspaceId: string;
  generation: number;
}

/** The rows of `data_keys`, as rotation sees them. */
@Injectable()
export class DataKeyRotationRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** At most `limit` data keys behind an id that are wrapped under another version, by id. */
  findWrappedElsewhere(keyVersion: number, after: string, limit: number): Promise<WrappedDataKey[]> {
    return this.prisma.client.dataKey.findMany({
      where: { keyVersion: { not: keyVersion }, id: { gt: after } },
      select: { id: true, workspaceId: true, keyVersion: true, wrapped: true },
      orderBy: { id: 'asc' },
      take: limit,
    });
  }

  /** Stores a data key in its new wrapping unless somebody did so meanwhile. Answers whether it was stored. */
  async rewrap(before: WrappedDataKey, after: WrappedDataKey): Promise<boolean> {
    const { count } = await this.prisma.client.dataKey.updateMany({
      where: { id: before.id, keyVersion: before.keyVersion, wrapped: before.wrapped },
      data: { keyVersion: after.keyVersion, wrapped: after.wrapped },
    });
    return count > 0;
  }

  /** How many data keys are wrapped under each version, lowest first. */
  async countByVersion(): Promise<{ keyVersion: number; count: number }[]> {
    const groups = await this.prisma.client.dataKey.groupBy({
      by: ['keyVersion'],
      _count: { _all: true },
      orderBy: { keyVersion: 'asc' },
    });
    return groups.map(({ keyVersion, _count }) => ({ keyVersion, count: _count._all }));
  }

  /** At most `limit` workspaces behind an id whose newest data key was made under another version, by id. */
  findDue(keyVersion: number, after: string, limit: number): Promise<DueWorkspace[]> {
    return this.prisma.client.$queryRaw<DueWorkspace[]>`
      SELECT workspace_id AS "workspaceId", generation FROM (
        SELECT DISTINCT ON (workspace_id) workspace_id, generation, made_under FROM data_keys
        WHERE workspace_id > ${after} ORDER BY workspace_id, generation DESC
      ) newest
      WHERE made_under <> ${keyVersion} ORDER BY workspace_id LIMIT ${limit}`;
  }

  /** Stores a workspace's next data key unless another process did. Answers whether this one is it. */
  async insertGeneration(key: WrappedDataKey, generation: number, now: Date): Promise<boolean> {
    const data = [{ ...key, generation, madeUnder: key.keyVersion, createdAt: now }];
    const { count } = await this.prisma.client.dataKey.createMany({ data, skipDuplicates: true });
    return count > 0;
  }

  /** Marks data keys that a newer one has followed and that nothing is sealed with. Answers how many are new to it. */
  retireUnused(now: Date): Promise<number> {
    return this.prisma.client.$executeRaw`
      UPDATE data_keys d SET retired_at = ${now} WHERE d.retired_at IS NULL AND ${superseded} AND ${unused}`;
  }

  /** Removes data keys that were retired before an instant and have stayed unused. */
  removeRetired(before: Date): Promise<number> {
    return this.prisma.client.$executeRaw`
      DELETE FROM data_keys d WHERE d.retired_at < ${before} AND ${superseded} AND ${unused}`;
  }
}

const superseded = Prisma.raw(
  'EXISTS (SELECT 1 FROM data_keys n WHERE n.workspace_id = d.workspace_id AND n.generation > d.generation)',
);

const unused = Prisma.raw(
  sealedColumns
    .map(
      ({ table, column, workspaceColumn }) =>
        `NOT EXISTS (SELECT 1 FROM "${table}" t WHERE t."${workspaceColumn}" = d.workspace_id
          AND split_part(t."${column}", '.', 2) = d.id)`,
    )
    .join(' AND '),
);
