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
    // As one text: thousands of parameters cost more to send than rows to write.
    await this.prisma.client.$executeRaw`
      INSERT INTO schedule_runs (id, schedule_id, workspace_id, trigger, scheduled_for, started_at, finished_at, duration_ms,
        status, error_detail, response_excerpt, request, delivery_id)
      SELECT id, "scheduleId", "workspaceId", trigger, "scheduledFor", "startedAt", "finishedAt", "durationMs", status,
        "errorDetail", "responseExcerpt", request, "deliveryId"
      FROM jsonb_to_recordset(${JSON.stringify(runs)}::jsonb) AS r(
        "id" text, "scheduleId" text, "workspaceId" text, "trigger" text, "scheduledFor" timestamptz,
        "startedAt" timestamptz, "finishedAt" timestamptz, "durationMs" int, "status" text, "errorDetail" text,
        "responseExcerpt" text, "request" jsonb, "deliveryId" text)`;
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
