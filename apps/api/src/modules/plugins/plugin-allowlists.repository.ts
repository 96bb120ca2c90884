import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import { PrismaService } from '#prisma';

type Tenant = Pick<WorkspaceScope, 'workspaceId'>;

/** One entry of a list. */
export interface Allowance {
  pluginName: string;
  enabledBy: string;
  enabledAt: Date;
}

/** A workspace at or above the one that was asked for. */
export interface Ruler {
  workspaceId: string;
  depth: number;
  /** Names on its list; null where it has none, and everything is allowed. */
  names: string[] | null;
}

/** The rows of `plugin_allowances`. */
@Injectable()
export class PluginAllowlistsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** The list of one workspace, by name. */
  async find({ workspaceId }: Tenant): Promise<Allowance[]> {
    return await this.prisma.client.pluginAllowance.findMany({
      where: { workspaceId },
      select: { pluginName: true, enabledBy: true, enabledAt: true },
      orderBy: { pluginName: 'asc' },
    });
  }

  /** Puts a list in place of the one that was there; of two at once, the later one stands whole. */
  async replace({ workspaceId }: Tenant, rows: readonly (Allowance & { id: string })[]): Promise<void> {
    await this.prisma.client.$queryRaw`SELECT 1 FROM workspaces WHERE id = ${workspaceId} FOR NO KEY UPDATE`;
    await this.prisma.client.pluginAllowance.deleteMany({ where: { workspaceId } });
    await this.prisma.client.pluginAllowance.createMany({ data: rows.map((row) => ({ ...row, workspaceId })) });
  }

  /** The workspace and those above it, nearest first, up to `levels` of them. One query. */
  async findRulers({ workspaceId }: Tenant, levels: number): Promise<Ruler[]> {
    return await this.prisma.client.$queryRaw<Ruler[]>`
      WITH RECURSIVE above AS (
        SELECT ${workspaceId}::text AS id, 1 AS depth
        UNION ALL
        SELECT r.parent_id, above.depth + 1 FROM above
        JOIN workspace_runtimes r ON r.workspace_id = above.id AND r.parent_id IS NOT NULL
        WHERE above.depth < ${levels}
      )
      SELECT above.id AS "workspaceId", above.depth,
             (SELECT array_agg(p.plugin_name) FROM plugin_allowances p WHERE p.workspace_id = above.id) AS names
      FROM above ORDER BY above.depth`;
  }
}
