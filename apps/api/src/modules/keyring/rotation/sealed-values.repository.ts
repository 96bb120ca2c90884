import { Injectable } from '@nestjs/common';
import { Prisma, PrismaService } from '#prisma';
import type { SealedColumn } from '../sealed-columns.js';

/** A sealed text and whose it is. */
export interface SealedValue {
  rowId: string;
  workspaceId: string;
  sealed: string;
}

/** A sealed text and what replaces it. */
export interface ResealedValue {
  rowId: string;
  /** The text that was read: a row that has another one by now is left alone. */
  stale: string;
  fresh: string;
}

/** The texts of sealed columns, whatever their table. */
@Injectable()
export class SealedValuesRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** At most `limit` texts behind a row id that are not sealed with the newest data key of their workspace, by row id. */
  findStale(column: SealedColumn, after: string, limit: number): Promise<SealedValue[]> {
    const { table, text, rowId, workspace } = namesOf(column);
    return this.prisma.client.$queryRaw<SealedValue[]>`
      SELECT ${rowId} AS "rowId", ${workspace} AS "workspaceId", ${text} AS sealed
      FROM ${table} t LEFT JOIN (${newestKeys}) k ON k.workspace_id = ${workspace}
      WHERE ${rowId} > ${after} AND ${text} IS NOT NULL AND split_part(${text}, '.', 2) IS DISTINCT FROM k.id
      ORDER BY ${rowId}
      LIMIT ${limit}`;
  }

  /** How many texts are not sealed with a newest data key that was made under this version of the instance's key. */
  async countDue(column: SealedColumn, keyVersion: number): Promise<number> {
    const { table, text, workspace } = namesOf(column);
    const rows = await this.prisma.client.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count
      FROM ${table} t LEFT JOIN (${newestKeys}) k ON k.workspace_id = ${workspace}
      WHERE ${text} IS NOT NULL
        AND (split_part(${text}, '.', 2) IS DISTINCT FROM k.id OR k.made_under IS DISTINCT FROM ${keyVersion})`;
    return rows[0]?.count ?? 0;
  }

  /** Replaces texts that nobody changed since they were read. Run in a transaction. Answers how many were replaced. */
  async replace(column: SealedColumn, values: readonly ResealedValue[]): Promise<number> {
    const { table, text, rowId } = namesOf(column);
    const ids = values.map((value) => value.rowId);
    // In one order, as everywhere: two writers of several rows must not wait for each other.
    await this.prisma.client.$queryRaw<unknown[]>`
      SELECT ${rowId} FROM ${table} t WHERE ${rowId} = ANY(${ids}::text[]) ORDER BY ${rowId} FOR NO KEY UPDATE`;
    return this.prisma.client.$executeRaw`
      UPDATE ${table} t SET ${Prisma.raw(`"${column.column}"`)} = v.fresh
      FROM unnest(${ids}::text[], ${values.map((value) => value.stale)}::text[],
                  ${values.map((value) => value.fresh)}::text[]) AS v(id, stale, fresh)
      WHERE ${rowId} = v.id AND ${text} = v.stale`;
  }
}

const newestKeys = Prisma.raw(
  'SELECT DISTINCT ON (workspace_id) workspace_id, id, made_under FROM data_keys ORDER BY workspace_id, generation DESC',
);

// Names of the registry only, never a caller's.
function namesOf({ table, column, rowIdColumn, workspaceColumn }: SealedColumn) {
  const name = (of: string) => Prisma.raw(`t."${of}"`);
  return {
    table: Prisma.raw(`"${table}"`),
    text: name(column),
    rowId: name(rowIdColumn),
    workspace: name(workspaceColumn),
  };
}
