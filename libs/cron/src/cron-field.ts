import { CronFault } from './cron-fault.js';

/** What one field of an expression may say. */
export interface FieldRule {
  /** As a sentence names it. */
  title: string;
  min: number;
  max: number;
  /** Lower-case names that stand for numbers. */
  names?: readonly string[];
}

/** One field: the values that match, ascending. */
export interface CronField {
  values: readonly number[];
  /** `*` with a larger step says something. */
  unrestricted: boolean;
}

const months = ['', 'jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** The five fields in their order. */
export const fieldRules = [
  { title: 'minute', min: 0, max: 59 },
  { title: 'hour', min: 0, max: 23 },
  { title: 'day of month', min: 1, max: 31 },
  { title: 'month', min: 1, max: 12, names: months },
  { title: 'day of week', min: 0, max: 6, names: weekdays },
] as const satisfies readonly FieldRule[];

/** @throws CronFault `syntax` with the field's name. */
export function parseField(text: string, rule: FieldRule): CronField {
  const entries = text.split(',').map((entry) => parseEntry(entry, rule));
  return {
    values: [...new Set(entries.flatMap((entry) => entry.values))].sort((one, other) => one - other),
    unrestricted: entries.some((entry) => entry.unrestricted),
  };
}

function parseEntry(text: string, rule: FieldRule): CronField {
  const [range = '', stepText, ...moreSteps] = text.split('/');
  const [first = '', last, ...moreRanges] = range.split('-');
  if (moreSteps.length > 0) throw fault(rule, 'has more than one step in an entry');
  if (moreRanges.length > 0) throw fault(rule, 'has more than one hyphen in an entry');
  if (first === '') throw fault(rule, 'has an empty entry');
  const step = stepText === undefined ? 1 : stepOf(stepText, rule);
  if (first === '*' || first === '?') {
    if (last !== undefined) throw fault(rule, `has a range that begins with ${first}`);
    return { values: every(rule.min, rule.max, step), unrestricted: step === 1 };
  }
  const from = numberOf(first, rule);
  const to = last === undefined ? (stepText === undefined ? from : rule.max) : numberOf(last, rule);
  if (from > to) throw fault(rule, 'has a range whose end is before its beginning');
  return { values: every(from, to, step), unrestricted: false };
}

function every(from: number, to: number, step: number): number[] {
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step);
}

function stepOf(text: string, rule: FieldRule): number {
  const step = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (step === 0) throw fault(rule, 'has a step that is not a whole number from 1 on');
  return step;
}

function numberOf(text: string, rule: FieldRule): number {
  const named = rule.names?.indexOf(text.toLowerCase()) ?? -1;
  const value = named >= 0 ? named : /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= rule.min && value <= rule.max) return value;
  const hint = value === 7 && rule.max === 6 ? ' (0 is Sunday; 7 is not)' : '';
  const names = rule.names ? `, or ${rule.names[rule.min]} to ${rule.names[rule.max]}` : '';
  throw fault(rule, `has a value that is not ${rule.min} to ${rule.max}${names}${hint}`);
}

function fault(rule: FieldRule, what: string): CronFault {
  return new CronFault('syntax', 'expression', `The ${rule.title} field ${what}`);
}
