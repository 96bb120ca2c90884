import { Injectable } from '@nestjs/common';
import type { Page, PageRequest, WorkspaceScope } from '#kernel';
import { type Prisma, PrismaService } from '#prisma';
import {
  type RunRequest,
  type ScheduleRun,
  type ScheduleRunStatus,
  type ScheduleTrigger,
  scheduleRunStatuses,
} from './schedules.types.js';

const columns = {
  id: true,
  scheduleId: true,
  workspaceId: true,
  trigger: true,
  scheduledFor: true,
  startedAt: true,
  finishedAt: true,
  durationMs: true,
  status: true,
  errorDetail: true,
  responseExcerpt: true,
  request: true,
  deliveryId: true,
} satisfies Prisma.ScheduleRunSelect;

/** The rows of `schedule_runs`. */
@Injectable()
export class ScheduleRunsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** One page of a schedule's runs, newest first. */
  async findMany(
    { workspaceId }: Pick<WorkspaceScope, 'workspaceId'>,
    scheduleId: string,
    page: PageRequest,
  ): Promise<Page<ScheduleRun>> {
    const where = { workspaceId, scheduleId };
    const rows = await this.prisma.client.scheduleRun.findMany({
      where,
      select: columns,
      orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
      take: page.limit,
      skip: page.offset,
    });
    return { items: rows.map(toDomain), total: await this.prisma.client.scheduleRun.count({ where }) };
  }

  /** Adds runs with one statement. */
  async insert(runs: readonly ScheduleRun[]): Promise<void> {
    if (runs.length === 0) return;
    await this.prisma.client.scheduleRun.createMany({
      data: runs.map((run) => ({ ...run, request: run.request as Prisma.InputJsonObject })),
    });
  }

  /** Says which deliveries carry the runs, with one statement. */
  async setDeliveries(deliveries: readonly { runId: string; deliveryId: string }[]): Promise<void> {
    if (deliveries.length === 0) return;
    await this.prisma.client.$executeRaw`
      UPDATE schedule_runs r SET delivery_id = d.delivery_id
      FROM unnest(${deliveries.map(({ runId }) => runId)}::text[],
                  ${deliveries.map(({ deliveryId }) => deliveryId)}::text[]) AS d(run_id, delivery_id)
      WHERE r.id = d.run_id`;
  }

  /** Removes up to `most` runs that began before the instant. Answers how many. Several replicas may do it at once. */
  removeOlder(than: Date, most: number): Promise<number> {
    return this.prisma.client.$executeRaw`
      DELETE FROM schedule_runs WHERE id IN (
        SELECT id FROM schedule_runs WHERE started_at < ${than} ORDER BY started_at LIMIT ${most} FOR UPDATE SKIP LOCKED)`;
  }
}

type Row = Prisma.ScheduleRunGetPayload<{ select: typeof columns }>;

function toDomain(row: Row): ScheduleRun {
  return {
    ...row,
    trigger: row.trigger === 'manual' ? 'manual' : ('schedule' satisfies ScheduleTrigger),
    status: statusOf(row.status),
    // Written by `schedule-message-rules.ts` only.
    request: row.request as unknown as RunRequest,
  };
}

function statusOf(stored: string): ScheduleRunStatus {
  const status = scheduleRunStatuses.find((each) => each === stored);
  if (status === undefined) throw new Error(`schedule_runs holds an unknown status: ${stored}`);
  return status;
}
