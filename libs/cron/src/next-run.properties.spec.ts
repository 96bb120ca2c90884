import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextRun, parseCron } from './index.js';

// An oracle that knows nothing of wall clocks but how to read one: it tries minute after minute.
const minuteMs = 60_000;
const horizonMinutes = 4 * 24 * 60;

interface Fields {
  minute: string;
  hour: string;
  day: string;
  month: string;
  weekday: string;
}

function matchesOf(text: string, min: number, max: number): Set<number> {
  const values = new Set<number>();
  for (const entry of text.split(',')) {
    const [range = '', step] = entry.split('/');
    const [first, last] = range === '*' ? [min, max] : range.split('-').map(Number);
    const from = first ?? min;
    const to = last ?? (step === undefined ? from : max);
    for (let value = from; value <= to; value += Number(step ?? 1)) values.add(value);
  }
  return values;
}

function oracle(fields: Fields, zone: string, after: Date): Date | null {
  const wall = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const minutes = matchesOf(fields.minute, 0, 59);
  const hours = matchesOf(fields.hour, 0, 23);
  const days = matchesOf(fields.day, 1, 31);
  const months = matchesOf(fields.month, 1, 12);
  const weekdays = matchesOf(fields.weekday, 0, 6);
  const open = [fields.day, fields.weekday].some((field) => field === '*' || field === '*/1');
  const first = Math.floor(after.getTime() / minuteMs) + 1;
  for (let at = first; at < first + horizonMinutes; at += 1) {
    const instant = new Date(at * minuteMs);
    const part = Object.fromEntries(wall.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    const { year = 0, month = 0, day = 0, hour = 0, minute = 0 } = part;
    if (!minutes.has(minute) || !hours.has(hour) || !months.has(month)) continue;
    const onDay = days.has(day);
    const onWeekday = weekdays.has(new Date(Date.UTC(year, month - 1, day)).getUTCDay());
    if (open ? onDay && onWeekday : onDay || onWeekday) return instant;
  }
  return null;
}

function fieldOf(min: number, max: number): fc.Arbitrary<string> {
  const value = fc.integer({ min, max });
  const range = fc.tuple(value, value).map(([one, other]) => `${Math.min(one, other)}-${Math.max(one, other)}`);
  const entry = fc.oneof(
    value.map(String),
    range,
    fc
      .tuple(fc.oneof(fc.constant('*'), value.map(String), range), fc.integer({ min: 2, max: 9 }))
      .map((it) => it.join('/')),
  );
  return fc.oneof(
    fc.constantFrom('*', '*/1'),
    fc.array(entry, { minLength: 1, maxLength: 3 }).map((it) => it.join(',')),
  );
}

const fields: fc.Arbitrary<Fields> = fc.record({
  minute: fieldOf(0, 59),
  hour: fieldOf(0, 23),
  day: fieldOf(1, 31),
  month: fc.constant('*'),
  weekday: fieldOf(0, 6),
});

// Around changes of the clock: an hour both ways, half an hour, at midnight, and a zone without any.
const places = fc.constantFrom(
  ['America/New_York', '2026-03-07T20:00:00Z'],
  ['America/New_York', '2026-10-31T20:00:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T02:00:00Z'],
  ['Australia/Lord_Howe', '2026-10-03T02:00:00Z'],
  ['America/Sao_Paulo', '2018-11-03T12:00:00Z'],
  ['America/Sao_Paulo', '2019-02-16T12:00:00Z'],
  ['Africa/Casablanca', '2026-02-14T12:00:00Z'],
  ['Asia/Kathmandu', '2026-12-30T12:00:00Z'],
  ['UTC', '2028-02-27T12:00:00Z'],
);

describe('the next run', () => {
  it('is the first minute after the instant whose wall time matches, whatever the clock does', () => {
    fc.assert(
      fc.property(
        fields,
        places,
        fc.integer({ min: 0, max: 36 * 60 * 60_000 }),
        (given, [zone = '', from = ''], lateMs) => {
          const after = new Date(new Date(from).getTime() + lateMs);
          const expected = oracle(given, zone, after);
          fc.pre(expected !== null);
          const { minute, hour, day, month, weekday } = given;
          const found = nextRun(parseCron(`${minute} ${hour} ${day} ${month} ${weekday}`, zone), after);
          expect(found.toISOString()).toBe(expected?.toISOString());
        },
      ),
      { numRuns: 400 },
    );
  });
});
