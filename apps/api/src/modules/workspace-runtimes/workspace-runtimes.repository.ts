import { Injectable } from '@nestjs/common';
import type { JsonObject, WorkspaceScope } from '#kernel';
import { type Prisma, PrismaService } from '#prisma';
import {
  defaultRuntime,
  type WorkspaceRuntime,
  type WorkspaceRuntimeChange,
  workspaceStatuses,
} from './workspace-runtimes.types.js';

const columns = {
  parentId: true,
  role: true,
  tier: true,
  runtime: true,
  model: true,
  status: true,
  maxConcurrentTasks: true,
  activeTasks: true,
  lastHeartbeatAt: true,
  ownScheduler: true,
  sourceBundleId: true,
  config: true,
} satisfies Prisma.WorkspaceRuntimeSelect;

type Tenant = Pick<WorkspaceScope, 'workspaceId'>;

/** How many workspaces may stand above each other. */
export const deepestHierarchy = 16;

/** The rows of `workspace_runtimes`. */
@Injectable()
export class WorkspaceRuntimesRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** What is stored of the scope's workspace; null where nothing is. */
  async find(scope: Tenant): Promise<WorkspaceRuntime | null> {
    const row = await this.prisma.client.workspaceRuntime.findUnique({
      where: { workspaceId: scope.workspaceId },
      select: columns,
    });
    return (
      row && {
        ...row,
        status: workspaceStatuses.find((status) => status === row.status) ?? 'failed',
        config: row.config as JsonObject,
      }
    );
  }

  /** Keeps everybody else, heartbeats included, from writing the row, where there is one, before the transaction ends. */
  async hold({ workspaceId }: Tenant): Promise<void> {
    await this.prisma.client.$queryRaw`
      SELECT 1 FROM workspace_runtimes WHERE workspace_id = ${workspaceId} FOR UPDATE`;
  }

  /** Writes what changes and nothing else, so that nobody undoes what another writes meanwhile; {@link defaultRuntime} in a new row. */
  async put(scope: Tenant, change: WorkspaceRuntimeChange, now: Date): Promise<void> {
    const { workspaceId } = scope;
    await this.prisma.client.workspaceRuntime.upsert({
      where: { workspaceId },
      create: { ...rowOf({ ...defaultRuntime, ...change }), workspaceId, createdAt: now, updatedAt: now },
      update: { ...rowOf(change), updatedAt: now },
      select: { workspaceId: true },
    });
  }

  /** Writes what a heartbeat says, and nothing else. */
  async beat(scope: Tenant, beat: WorkspaceRuntimeChange, now: Date): Promise<void> {
    const { workspaceId } = scope;
    const { activeTasks = 0, status = 'online', ownScheduler = false } = beat;
    const data = { activeTasks, status, ownScheduler, lastHeartbeatAt: now, updatedAt: now };
    await this.prisma.client.workspaceRuntime.upsert({
      where: { workspaceId },
      create: { ...data, workspaceId, createdAt: now },
      update: data,
      select: { workspaceId: true },
    });
  }

  /** A live workspace by id that the user may manage; any live one for null. */
  async findManageable(workspaceId: string, userId: string | null): Promise<boolean> {
    const members = { some: { userId: userId ?? '', role: { in: ['OWNER', 'ADMIN'] } } };
    const found = await this.prisma.client.workspace.findFirst({
      where: { id: workspaceId, deletedAt: null, ...(userId !== null && { members }) },
      select: { id: true },
    });
    return found !== null;
  }

  /**
   * The workspaces above one, itself first. The rows of every hierarchy are held until the transaction ends, so that two
   * changes at once make no circle together.
   */
  async lockAndReadAncestors(workspaceId: string): Promise<string[]> {
    await this.prisma.client.$queryRaw`SELECT pg_advisory_xact_lock(hashtext('workspace_runtimes.parent_id'))::text`;
    const rows = await this.prisma.client.$queryRaw<{ id: string }[]>`
      WITH RECURSIVE above AS (
        SELECT ${workspaceId}::text AS id, 1 AS depth
        UNION ALL
        SELECT r.parent_id, above.depth + 1 FROM above
        JOIN workspace_runtimes r ON r.workspace_id = above.id AND r.parent_id IS NOT NULL
        WHERE above.depth <= ${deepestHierarchy}
      ) SELECT id FROM above ORDER BY depth`;
    return rows.map(({ id }) => id);
  }

  /** How many levels stand below a workspace, itself included. */
  async depthBelow(workspaceId: string): Promise<number> {
    const [row] = await this.prisma.client.$queryRaw<{ depth: number }[]>`
      WITH RECURSIVE below AS (
        SELECT ${workspaceId}::text AS id, 1 AS depth
        UNION ALL
        SELECT r.workspace_id, below.depth + 1 FROM below
        JOIN workspace_runtimes r ON r.parent_id = below.id
        WHERE below.depth <= ${deepestHierarchy}
      ) SELECT max(depth)::int AS depth FROM below`;
    return row?.depth ?? 1;
  }
}

function rowOf<T extends WorkspaceRuntimeChange>({ config, ...columnsOfOwn }: T) {
  return { ...columnsOfOwn, ...(config !== undefined && { config: config as Prisma.InputJsonObject }) };
}
