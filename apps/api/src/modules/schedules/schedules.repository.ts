import { Injectable } from '@nestjs/common';
import type { Page, PageRequest, WorkspaceScope } from '#kernel';
import { isUniqueViolation, type Prisma, PrismaService } from '#prisma';
import { scheduleErrors } from './schedules.errors.js';
import { type Schedule, scheduleSources } from './schedules.types.js';

type Tenant = Pick<WorkspaceScope, 'workspaceId'>;

const columns = {
  id: true,
  workspaceId: true,
  agentId: true,
  name: true,
  cronExpr: true,
  timezone: true,
  prompt: true,
  enabled: true,
  source: true,
  nextRunAt: true,
  lastRunAt: true,
  runCount: true,
  lastStatus: true,
  lastError: true,
  createdAt: true,
  updatedAt: true,
} satisfies Prisma.ScheduleSelect;

/** What a change writes; members that are undefined stay. */
export type ScheduleChange = Partial<
  Pick<Schedule, 'agentId' | 'name' | 'cronExpr' | 'timezone' | 'prompt' | 'enabled' | 'nextRunAt'>
> & { updatedAt: Date };

/** The rows of `schedules`, as people and programs of a workspace see them. */
@Injectable()
export class SchedulesRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** One page, oldest first, ties broken by id. */
  async findMany({ workspaceId }: Tenant, page: PageRequest): Promise<Page<Schedule>> {
    const rows = await this.prisma.client.schedule.findMany({
      where: { workspaceId },
      select: columns,
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      take: page.limit,
      skip: page.offset,
    });
    return { items: rows.map(toDomain), total: await this.prisma.client.schedule.count({ where: { workspaceId } }) };
  }

  /** One schedule of the workspace. */
  async findById({ workspaceId }: Tenant, id: string): Promise<Schedule | null> {
    const row = await this.prisma.client.schedule.findFirst({ where: { id, workspaceId }, select: columns });
    return row && toDomain(row);
  }

  /** The same, and nobody fires, changes or removes it before the transaction ends. */
  async findAndHold({ workspaceId }: Tenant, id: string): Promise<Schedule | null> {
    await this.prisma.client.$queryRaw`
      SELECT 1 FROM schedules WHERE id = ${id} AND workspace_id = ${workspaceId} FOR UPDATE`;
    return this.findById({ workspaceId }, id);
  }

  /** How many schedules there are; nobody makes another one before the transaction ends. */
  async countAndHold({ workspaceId }: Tenant): Promise<number> {
    await this.prisma.client.$queryRaw`SELECT 1 FROM workspaces WHERE id = ${workspaceId} FOR NO KEY UPDATE`;
    return this.prisma.client.schedule.count({ where: { workspaceId } });
  }

  /** Whether it is an agent of the workspace that lives. */
  async existsAgent({ workspaceId }: Tenant, id: string): Promise<boolean> {
    const where = { id, workspaceId, deletedAt: null };
    return (await this.prisma.client.agent.findFirst({ where, select: { id: true } })) !== null;
  }

  /** @throws AppError `schedule.name_taken` */
  async insert(row: Schedule & { createdByUserId: string | null }): Promise<void> {
    await named(this.prisma.client.schedule.create({ data: row, select: { id: true } }));
  }

  /**
   * Writes a change. A busy agent is no longer waited for.
   * @throws AppError `schedule.name_taken`
   */
  async update({ workspaceId }: Tenant, id: string, change: ScheduleChange): Promise<void> {
    const timed = change.nextRunAt !== undefined;
    const data = { ...change, ...(timed && { recheckAt: null, busyChecks: 0 }) };
    await named(this.prisma.client.schedule.updateMany({ where: { id, workspaceId }, data }));
  }

  /** Notes a run that somebody asked for. The plan goes on as it was. */
  async noteRun({ workspaceId }: Tenant, id: string, now: Date): Promise<void> {
    await this.prisma.client.schedule.updateMany({
      where: { id, workspaceId },
      data: { lastRunAt: now, updatedAt: now, runCount: { increment: 1 } },
    });
  }

  /** Removes a schedule with its history. Null when there was none. */
  async remove({ workspaceId }: Tenant, id: string): Promise<{ name: string } | null> {
    const found = await this.findAndHold({ workspaceId }, id);
    if (found) await this.prisma.client.schedule.deleteMany({ where: { id, workspaceId } });
    return found;
  }

  /** Names of the schedules that run by themselves. */
  findEnabledNames({ workspaceId }: Tenant): Promise<{ id: string; name: string }[]> {
    return this.prisma.client.schedule.findMany({
      where: { workspaceId, enabled: true },
      select: { id: true, name: true },
      orderBy: { id: 'asc' },
    });
  }

  /** Makes schedules due at once. Answers how many. */
  async makeDue({ workspaceId }: Tenant, ids: readonly string[], now: Date): Promise<number> {
    const { count } = await this.prisma.client.schedule.updateMany({
      where: { workspaceId, id: { in: [...ids] }, enabled: true },
      data: { nextRunAt: now, recheckAt: null, busyChecks: 0, updatedAt: now },
    });
    return count;
  }
}

async function named<T>(write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (cause) {
    throw isUniqueViolation(cause) ? scheduleErrors.nameTaken({ cause }) : cause;
  }
}

function toDomain(row: Omit<Schedule, 'source'> & { source: string }): Schedule {
  const source = scheduleSources.find((each) => each === row.source);
  if (source === undefined) throw new Error(`schedules holds an unknown source: ${row.source}`);
  return { ...row, source };
}
