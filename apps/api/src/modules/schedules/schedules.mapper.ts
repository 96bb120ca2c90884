import { lastStatuses, type ScheduleResponse } from './dto/schedule.response.js';
import type { ScheduleChangeResponse } from './dto/schedule-change.response.js';
import type { ScheduleHealthResponse } from './dto/schedule-health.response.js';
import type { ScheduleRunResponse } from './dto/schedule-run.response.js';
import type { Schedule, ScheduleRun } from './schedules.types.js';

/** A schedule as it is answered. */
export function toScheduleResponse(row: Schedule, upcoming: readonly Date[]): ScheduleResponse {
  return {
    id: row.id,
    workspace_id: row.workspaceId,
    agent_id: row.agentId,
    name: row.name,
    cron_expr: row.cronExpr,
    expression: row.cronExpr,
    timezone: row.timezone,
    prompt: row.prompt,
    enabled: row.enabled,
    last_run_at: instant(row.lastRunAt),
    next_run_at: instant(row.nextRunAt),
    next_runs: upcoming.map((run) => run.toISOString()),
    run_count: row.runCount,
    last_status: lastStatusOf(row),
    last_error: row.lastError,
    source: row.source,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
  };
}

/** The answer of making or changing a schedule. */
export function toScheduleChangeResponse(
  status: ScheduleChangeResponse['status'],
  row: Pick<Schedule, 'id' | 'name' | 'nextRunAt'>,
  upcoming: readonly Date[],
): ScheduleChangeResponse {
  return {
    id: row.id,
    status,
    name: row.name,
    next_run_at: instant(row.nextRunAt),
    next_runs: upcoming.map((run) => run.toISOString()),
  };
}

/** How a schedule does, without what it says. */
export function toScheduleHealthResponse(row: Schedule): ScheduleHealthResponse {
  return {
    id: row.id,
    name: row.name,
    enabled: row.enabled,
    last_run_at: instant(row.lastRunAt),
    next_run_at: instant(row.nextRunAt),
    run_count: row.runCount,
    last_status: lastStatusOf(row),
    last_error: row.lastError,
  };
}

/** A run as the history answers it. */
export function toScheduleRunResponse(run: ScheduleRun): ScheduleRunResponse {
  return {
    run_id: run.id,
    timestamp: run.startedAt.toISOString(),
    scheduled_for: run.scheduledFor.toISOString(),
    finished_at: instant(run.finishedAt),
    duration_ms: run.durationMs,
    status: run.status,
    error_detail: run.errorDetail,
    trigger: run.trigger,
    request: run.request,
    response_excerpt: run.responseExcerpt,
    delivery_id: run.deliveryId,
  };
}

function instant(date: Date | null): string | null {
  return date?.toISOString() ?? null;
}

function lastStatusOf({ lastStatus }: Schedule): ScheduleResponse['last_status'] {
  const status = lastStatuses.find((each) => each === lastStatus);
  if (status === undefined) throw new Error(`schedules holds an unknown status: ${lastStatus}`);
  return status;
}
