import { Injectable } from '@nestjs/common';
import { PrismaService, translateDatabaseError } from '#prisma';
import type { DueSchedule } from './due-schedule-rules.js';

/** What a tick writes to a schedule; members that are null stay, apart from the moments. */
export interface SettledSchedule {
  id: string;
  enabled: boolean;
  nextRunAt: Date | null;
  recheckAt: Date | null;
  busyChecks: number;
  /** Whether this counts as a run. */
  ran: boolean;
  lastStatus: string | null;
  lastError: string | null;
}

/** A claimed schedule with the size of its prompt in the prompt's place. */
type ClaimedSchedule = Omit<DueSchedule, 'prompt'> & { bytes: number };

const mostPromptBytes = 8 * 1_024 * 1_024;

/** Whether the database could not be asked, as opposed to refusing what it was asked. */
export function isOutage(error: unknown): boolean {
  return translateDatabaseError(error)?.kind === 'unavailable';
}

/** Claims what is due and writes what became of it. */
@Injectable()
export class DueSchedulesRepository {
  constructor(private readonly prisma: PrismaService) {}

  /**
   * Claims up to `most` due schedules for this transaction, longest waiting first and those of one workspace together, as far
   * as their prompts go into memory; those of another replica are passed over. The claim is the row lock, and its lease the
   * time that PostgreSQL lets the transaction be idle: the claims of a replica that stands still or is cut off are free
   * again after that.
   */
  async claim(now: Date, most: number, leaseMs: number): Promise<DueSchedule[]> {
    await this.prisma.client.$queryRaw`
      SELECT set_config('idle_in_transaction_session_timeout', ${String(leaseMs)}, true)`;
    const claimed = await this.prisma.client.$queryRaw<ClaimedSchedule[]>`
      SELECT s.id, s.workspace_id AS "workspaceId", a.id AS "agentId", s.name, s.cron_expr AS "cronExpr", s.timezone,
             octet_length(s.prompt) AS "bytes", s.source, s.next_run_at AS "slot", s.busy_checks AS "busyChecks",
             w.deleted_at IS NULL AS "live", s.agent_id IS NOT NULL AND a.id IS NULL AS "agentGone",
             EXISTS (SELECT 1 FROM schedule_runs r WHERE r.schedule_id = s.id AND r.scheduled_for = s.next_run_at
                       AND r.trigger = 'schedule') AS "fired"
      FROM schedules s
      JOIN workspaces w ON w.id = s.workspace_id
      LEFT JOIN agents a ON a.id = s.agent_id AND a.workspace_id = s.workspace_id AND a.deleted_at IS NULL
      WHERE s.enabled AND COALESCE(s.recheck_at, s.next_run_at) <= ${now}
      ORDER BY COALESCE(s.recheck_at, s.next_run_at), s.workspace_id, s.id
      LIMIT ${most} FOR UPDATE OF s SKIP LOCKED`;
    return this.#withPrompts(fitting(claimed));
  }

  async #withPrompts(claimed: readonly ClaimedSchedule[]): Promise<DueSchedule[]> {
    if (claimed.length === 0) return [];
    const rows = await this.prisma.client.$queryRaw<{ id: string; prompt: string }[]>`
      SELECT id, prompt FROM schedules WHERE id = ANY(${claimed.map(({ id }) => id)}::text[])`;
    const prompts = new Map(rows.map(({ id, prompt }) => [id, prompt]));
    return claimed.map(({ bytes: _, ...due }) => ({ ...due, prompt: prompts.get(due.id) ?? '' }));
  }

  /** Writes what became of claimed schedules, with one statement. */
  async settle(schedules: readonly SettledSchedule[], now: Date): Promise<void> {
    await this.prisma.client.$executeRaw`
      UPDATE schedules s SET
        enabled = u."enabled", next_run_at = u."nextRunAt", recheck_at = u."recheckAt", busy_checks = u."busyChecks",
        run_count = s.run_count + u."ran"::int, updated_at = ${now},
        last_run_at = CASE WHEN u."ran" THEN ${now} ELSE s.last_run_at END,
        last_status = COALESCE(u."lastStatus", s.last_status), last_error = COALESCE(u."lastError", s.last_error)
      FROM jsonb_to_recordset(${JSON.stringify(schedules)}::jsonb) AS u(
        "id" text, "enabled" boolean, "nextRunAt" timestamptz, "recheckAt" timestamptz, "busyChecks" int, "ran" boolean,
        "lastStatus" text, "lastError" text)
      WHERE s.id = u."id"`;
  }

  /** When the next schedule is due, or was; null when none will be. */
  async findEarliest(): Promise<Date | null> {
    const [row] = await this.prisma.client.$queryRaw<{ due: Date }[]>`
      SELECT COALESCE(recheck_at, next_run_at) AS due FROM schedules
      WHERE enabled AND COALESCE(recheck_at, next_run_at) IS NOT NULL
      ORDER BY COALESCE(recheck_at, next_run_at), workspace_id, id LIMIT 1`;
    return row?.due ?? null;
  }
}

// The first ones, of which one at least: no prompt is longer than what fits.
function fitting(claimed: readonly ClaimedSchedule[]): ClaimedSchedule[] {
  let bytes = 0;
  const end = claimed.findIndex((due) => {
    bytes += due.bytes;
    return bytes > mostPromptBytes;
  });
  return claimed.slice(0, end === -1 ? claimed.length : end);
}
