import { Cron } from 'croner';
import { CronFault } from './cron-fault.js';
import { type CronField, fieldRules, parseField } from './cron-field.js';
import { requireTimeZone } from './time-zones.js';

/**
 * An expression that was understood: when something happens again and again. Made by {@link parseCron}.
 *
 * The dialect is that of robfig/cron v3 with the options minute, hour, day of month, month, day of week. croner reads more
 * and reads some of it differently, so the five fields are read here and handed to croner as plain ranges; it walks the
 * wall clock of the zone.
 */
export interface CronPlan {
  /** The expression as it was given. */
  readonly expression: string;
  /** IANA name of the zone whose wall clock counts. */
  readonly timezone: string;
  /** @internal */
  readonly job: Cron;
}

const yearsAhead = 5;

/**
 * Reads an expression of five fields. A prefix `TZ=<zone>` or `CRON_TZ=<zone>` goes before `timezone`; an empty `timezone`
 * is UTC and `Local` the process's own.
 * @throws CronFault
 */
export function parseCron(expression: string, timezone: string): CronPlan {
  const given = requireTimeZone(timezone, 'timezone');
  const { fields, zone } = split(expression);
  const effective = zone === null ? given : requireTimeZone(zone, 'expression');
  const [minute, hour, day, month, weekday] = readFields(fields);
  requireSomeDate(day, month, weekday);
  // A date that a field leaves open is decided by the other one; two that both say something are alternatives.
  const pattern = [spelled(minute), spelled(hour), spelled(day), spelled(month), spelled(weekday)];
  const job = new Cron(pattern.join(' '), { mode: '5-part', paused: true, timezone: effective });
  return { expression, timezone: effective, job };
}

/**
 * The first match after the instant. A wall time that a change of the clock leaves out does not happen that day; one that
 * it repeats happens twice.
 * @throws CronFault `never` when there is none within five years.
 */
export function nextRun(plan: CronPlan, after: Date): Date {
  const limit = new Date(after);
  limit.setUTCFullYear(limit.getUTCFullYear() + yearsAhead);
  const next = plan.job.nextRun(after);
  if (next !== null && next <= limit) return next;
  throw never('No date within the next five years matches');
}

/** The next `n` matches after the instant; fewer when the five years from one to the next are exceeded. */
export function nextRuns(plan: CronPlan, after: Date, n: number): Date[] {
  const runs: Date[] = [];
  try {
    while (runs.length < n) runs.push(nextRun(plan, runs.at(-1) ?? after));
  } catch (error) {
    if (!(error instanceof CronFault)) throw error;
  }
  return runs;
}

function split(expression: string): { fields: string[]; zone: string | null } {
  const words = expression.trim().split(/\s+/);
  const prefix = /^(?:CRON_)?TZ=(.*)$/.exec(words[0] ?? '');
  if (!prefix) return { fields: words, zone: null };
  const zone = prefix[1] ?? '';
  if (zone === '' || words.length === 1) {
    throw syntax('A time zone prefix is TZ=Area/Place, then a space and the five fields');
  }
  return { fields: words.slice(1), zone };
}

function readFields(fields: readonly string[]): [CronField, CronField, CronField, CronField, CronField] {
  const [minute, hour, day, month, weekday] = fields;
  if (fields.length !== 5 || !minute || !hour || !day || !month || !weekday) {
    throw syntax('Five fields are needed: minute, hour, day of month, month, day of week');
  }
  return [
    parseField(minute, fieldRules[0]),
    parseField(hour, fieldRules[1]),
    parseField(day, fieldRules[2]),
    parseField(month, fieldRules[3]),
    parseField(weekday, fieldRules[4]),
  ];
}

const longestDay = [0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function requireSomeDate(day: CronField, month: CronField, weekday: CronField): void {
  if (!weekday.unrestricted) return;
  const earliest = day.values[0] ?? 1;
  if (month.values.some((value) => earliest <= (longestDay[value] ?? 0))) return;
  throw never('No month that it names has such a day');
}

// croner takes a time of single values for an appointment, which it moves out of a gap and keeps once in an overlap. With a
// step it is an interval, which is what the dialect says of every expression.
function spelled({ values, unrestricted }: CronField): string {
  return unrestricted ? '*' : values.map((value) => `${value}-${value}/1`).join(',');
}

function syntax(message: string): CronFault {
  return new CronFault('syntax', 'expression', message);
}

function never(message: string): CronFault {
  return new CronFault('never', 'expression', message);
}
