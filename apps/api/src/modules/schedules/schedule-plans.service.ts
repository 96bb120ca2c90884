import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { CronFault, type CronPlan, nextRun, nextRuns, parseCron } from '#cron';
import type { FieldError } from '#kernel';
import { scheduleErrors } from './schedules.errors.js';

/** When something runs, as a schedule says it. */
export interface Timing {
  cronExpr: string;
  /** `""` is UTC. */
  timezone: string;
}

const mostPlans = 5_000;
const shownRuns = 5;

/** Reads expressions, and remembers those that it read: a list or a tick meets the same ones again and again. */
@Injectable()
export class SchedulePlans {
  readonly #plans = new LRUCache<string, CronPlan>({ max: mostPlans });

  /**
   * The first run after the instant.
   * @throws AppError 400: `schedule.invalid_timezone`, `schedule.invalid_cron` or `schedule.never_runs`, with the reason
   * in `errors[]`.
   */
  firstRun(timing: Timing, after: Date): Date {
    try {
      return nextRun(this.#plan(timing), after);
    } catch (error) {
      throw error instanceof CronFault ? refusal(error, timing) : error;
    }
  }

  /** The same for a schedule that was accepted once: null when there is no run any more. */
  nextRun(timing: Timing, after: Date): Date | null {
    return this.#nextRuns(timing, after, 1)[0] ?? null;
  }

  /** The next five runs after the instant. */
  upcoming(timing: Timing, after: Date): Date[] {
    return this.#nextRuns(timing, after, shownRuns);
  }

  /** Milliseconds between the next two runs; null when there are not two. */
  intervalMs(timing: Timing, after: Date): number | null {
    const [one, other] = this.#nextRuns(timing, after, 2);
    return one && other ? other.getTime() - one.getTime() : null;
  }

  #nextRuns(timing: Timing, after: Date, n: number): Date[] {
    try {
      return nextRuns(this.#plan(timing), after, n);
    } catch (error) {
      if (error instanceof CronFault) return [];
      throw error;
    }
  }

  #plan({ cronExpr, timezone }: Timing): CronPlan {
    const key = `${timezone}\n${cronExpr}`;
    const known = this.#plans.get(key);
    if (known) return known;
    const plan = parseCron(cronExpr, timezone);
    this.#plans.set(key, plan);
    return plan;
  }
}

function refusal(fault: CronFault, { timezone }: Timing): Error {
  const field = fault.part === 'timezone' ? 'timezone' : 'cron_expr';
  const fields: FieldError[] = [{ field, code: codes[fault.reason], message: fault.message }];
  if (fault.part === 'timezone') return scheduleErrors.invalidTimezone({ params: { timezone }, fields });
  if (fault.reason === 'never') return scheduleErrors.neverRuns({ params: { reason: fault.message }, fields });
  return scheduleErrors.invalidCron({ fields });
}

const codes = { syntax: 'not_cron', zone: 'unknown_time_zone', never: 'never_runs' } as const;
