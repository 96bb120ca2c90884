import { Injectable } from '@nestjs/common';
import { Clock, type Page, type PageRequest } from '#kernel';
import type { AdminScheduleHealthResponse, Punctuality } from './dto/admin-schedule-health.response.js';
import { ScheduleHealthRepository, type ScheduleOfInstance } from './schedule-health.repository.js';
import { SchedulePlans } from './schedule-plans.service.js';

/** Whether the instance's schedules keep their time. */
@Injectable()
export class ScheduleHealthService {
  constructor(
    private readonly repository: ScheduleHealthRepository,
    private readonly plans: SchedulePlans,
    private readonly clock: Clock,
  ) {}

  /** One page of all schedules that are switched on, by the names of workspace and schedule. */
  async list(page: PageRequest): Promise<Page<AdminScheduleHealthResponse>> {
    const { items, total } = await this.repository.findMany(page);
    const now = this.clock.now();
    return { items: items.map((row) => this.#judged(row, now)), total };
  }

  #judged(row: ScheduleOfInstance, now: Date): AdminScheduleHealthResponse {
    const thresholdMs = 2 * (this.plans.intervalMs(row, now) ?? 0);
    return {
      workspace_id: row.workspace.id,
      workspace_name: row.workspace.name,
      schedule_id: row.id,
      schedule_name: row.name,
      cron_expr: row.cronExpr,
      last_run_at: row.lastRunAt?.toISOString() ?? null,
      expected_next_run: row.nextRunAt?.toISOString() ?? null,
      status: punctualityOf(row.lastRunAt, thresholdMs, now),
      stale_threshold_seconds: thresholdMs / 1_000,
    };
  }
}

function punctualityOf(lastRunAt: Date | null, thresholdMs: number, now: Date): Punctuality {
  if (lastRunAt === null) return 'never_run';
  return thresholdMs > 0 && now.getTime() - lastRunAt.getTime() > thresholdMs ? 'stale' : 'ok';
}
