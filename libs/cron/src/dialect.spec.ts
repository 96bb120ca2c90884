import { describe, expect, it } from 'vitest';
import { CronFault, isTimeZone, nextRun, nextRuns, parseCron } from './index.js';

function next(expression: string, after: string, timezone = 'UTC'): string {
  return nextRun(parseCron(expression, timezone), new Date(after)).toISOString();
}

function runs(expression: string, after: string, n: number, timezone = 'UTC'): string[] {
  return nextRuns(parseCron(expression, timezone), new Date(after), n).map((run) => run.toISOString().slice(0, 16));
}

function faultOf(expression: string, timezone = 'UTC'): CronFault {
  try {
    parseCron(expression, timezone);
  } catch (error) {
    if (error instanceof CronFault) return error;
    throw error;
  }
  throw new Error(`“${expression}” was accepted`);
}

describe('what an expression may say', () => {
  it.each([
    ['* * * * *', '2026-01-01T00:01:00.000Z'],
    ['? ? ? ? ?', '2026-01-01T00:01:00.000Z'],
    ['  0\t*/6  * * * ', '2026-01-01T06:00:00.000Z'],
    ['007 09 01 03 *', '2026-03-01T09:07:00.000Z'],
    ['0 0 1 FEB *', '2026-02-01T00:00:00.000Z'],
    ['0 0 1 feb-Mar/1 *', '2026-02-01T00:00:00.000Z'],
    ['0 0 * * sun', '2026-01-04T00:00:00.000Z'],
    ['0 0 * * 0', '2026-01-04T00:00:00.000Z'],
    ['0 0 * * MON-fri', '2026-01-02T00:00:00.000Z'],
    ['0 0 * * 5/1', '2026-01-02T00:00:00.000Z'],
    ['10-20/5,40 * * * *', '2026-01-01T00:10:00.000Z'],
    ['50/4 1 * * *', '2026-01-01T01:50:00.000Z'],
    ['*/70 * * * *', '2026-01-01T01:00:00.000Z'],
    ['5-10/100 * * * *', '2026-01-01T00:05:00.000Z'],
  ])('reads %j', (expression, expected) => {
    expect(next(expression, '2026-01-01T00:00:30Z')).toBe(expected);
  });

  it('goes from the value to the end of the field in steps when no end is given', () => {
    expect(runs('50/4 1 * * *', '2026-01-01T00:00:00Z', 4)).toEqual([
      '2026-01-01T01:50',
      '2026-01-01T01:54',
      '2026-01-01T01:58',
      '2026-01-02T01:50',
    ]);
  });

  it.each([
    ['', 'Five fields'],
    ['* *', 'Five fields'],
    ['* * * * * *', 'Five fields'],
    ['@daily', 'Five fields'],
    ['@every 1h', 'Five fields'],
    ['60 * * * *', 'minute'],
    ['-1 * * * *', 'minute'],
    ['+5 * * * *', 'minute'],
    ['1.5 * * * *', 'minute'],
    ['jan * * * *', 'minute'],
    ['* 24 * * *', 'hour'],
    ['* * 0 * *', 'day of month'],
    ['* * 32 * *', 'day of month'],
    ['* * L * *', 'day of month'],
    ['* * 15W * *', 'day of month'],
    ['* * * 0 *', 'month'],
    ['* * * 13 *', 'month'],
    ['* * * january *', 'month'],
    ['* * * * 7', '7 is not'],
    ['* * * * 5-7', '7 is not'],
    ['* * * * 1#2', 'day of week'],
    ['* * * * FRIL', 'day of week'],
    ['* * * * monday', 'day of week'],
    ['20-10 * * * *', 'end is before'],
    ['1-2-3 * * * *', 'hyphen'],
    ['1/2/3 * * * *', 'step'],
    ['*/0 * * * *', 'step'],
    ['*/-1 * * * *', 'step'],
    ['*/x * * * *', 'step'],
    ['*/ * * * *', 'step'],
    ['*-5 * * * *', 'range'],
    [', * * * *', 'empty'],
    ['1,,2 * * * *', 'empty'],
    ['1- * * * *', 'minute'],
    ['% * * * *', 'minute'],
    ['١ * * * *', 'minute'],
  ])('refuses %j and says where', (expression, words) => {
    const fault = faultOf(expression);
    expect(fault).toMatchObject({ reason: 'syntax', part: 'expression' });
    expect(fault.message).toContain(words);
  });
});

describe('days of the month and of the week', () => {
  it('are alternatives when both say something', () => {
    expect(runs('0 0 13 * FRI', '2026-01-01T12:00:00Z', 4)).toEqual([
      '2026-01-02T00:00',
      '2026-01-09T00:00',
      '2026-01-13T00:00',
      '2026-01-16T00:00',
    ]);
  });

  it('take a star with a step of two for something that is said', () => {
    expect(runs('0 0 */2 * MON', '2026-01-01T00:00:00Z', 4)).toEqual([
      '2026-01-03T00:00',
      '2026-01-05T00:00',
      '2026-01-07T00:00',
      '2026-01-09T00:00',
    ]);
    expect(runs('0 0 11-12 * */6', '2026-01-01T00:00:00Z', 4)).toEqual([
      '2026-01-03T00:00',
      '2026-01-04T00:00',
      '2026-01-10T00:00',
      '2026-01-11T00:00',
    ]);
  });

  it.each(['*', '?', '*/1', '?/1', '*,5'])('must both match when one of them is %s', (open) => {
    expect(runs(`0 0 ${open} * MON`, '2026-01-01T00:00:00Z', 2)).toEqual(['2026-01-05T00:00', '2026-01-12T00:00']);
    expect(runs(`0 0 13 * ${open}`, '2026-01-01T00:00:00Z', 2)).toEqual(['2026-01-13T00:00', '2026-02-13T00:00']);
  });

  it('take a full range, unlike a star, for something that is said', () => {
    expect(runs('0 0 1-31 * MON', '2026-01-01T00:00:00Z', 2)).toEqual(['2026-01-02T00:00', '2026-01-03T00:00']);
  });
});

describe('dates that do not exist', () => {
  it.each(['0 0 30 2 *', '0 0 31 4,6,9,11 *', '0 0 31 2 ?', '* * 30-31 2 */1'])('refuses %j', (expression) => {
    expect(faultOf(expression)).toMatchObject({ reason: 'never', part: 'expression' });
  });

  it('accepts them where the day of the week is an alternative', () => {
    expect(next('0 0 30 2 MON', '2026-01-31T00:00:00Z')).toBe('2026-02-02T00:00:00.000Z');
  });

  it('waits for 29 February', () => {
    expect(next('0 0 29 2 *', '2026-01-01T00:00:00Z')).toBe('2028-02-29T00:00:00.000Z');
  });

  it('row 40: looks no further than five years ahead', () => {
    const plan = parseCron('0 0 29 2 *', 'UTC');
    expect(() => nextRun(plan, new Date('2096-03-01T00:00:00Z'))).toThrow(CronFault);
    expect(nextRuns(plan, new Date('2090-01-01T00:00:00Z'), 5).map((run) => run.getUTCFullYear())).toEqual([
      2092, 2096,
    ]);
  });
});

describe('time zones', () => {
  it.each([
    'UTC',
    'GMT',
    'EST',
    'EST5EDT',
    'Etc/GMT+5',
    'US/Eastern',
    'Europe/Kyiv',
    'Europe/Kiev',
    'Asia/Kolkata',
    'Local',
  ])('knows %s', (name) => {
    expect(isTimeZone(name)).toBe(true);
    expect(parseCron('0 0 * * *', name).expression).toBe('0 0 * * *');
  });

  it.each([
    'utc',
    'Z',
    '+02:00',
    'UTC+2',
    '..',
    '../UTC',
    'europe/berlin',
    'America/new_york',
    'Europe/Atlantis',
    ' UTC',
    'Factory',
    'local',
  ])('refuses %j', (name) => {
    expect(faultOf('0 0 * * *', name)).toMatchObject({ reason: 'zone', part: 'timezone' });
  });

  it('takes none for UTC', () => {
    expect(parseCron('0 0 * * *', '').timezone).toBe('UTC');
  });

  it.each(['TZ=America/New_York 0 6 * * *', 'CRON_TZ=America/New_York  0 6 * * *'])(
    'lets the prefix of %j win',
    (expression) => {
      expect(next(expression, '2026-01-01T00:00:00Z', 'Asia/Tokyo')).toBe('2026-01-01T11:00:00.000Z');
    },
  );

  it.each(['TZ=UTC', 'TZ=', 'TZ= 0 0 * * *', 'CRON_TZ=UTC', 'TZ=UTC0 0 * * *'])(
    'refuses the malformed prefix of %j',
    (expression) => {
      expect(faultOf(expression).part).toBe('expression');
    },
  );

  it('refuses an unknown zone in the prefix', () => {
    expect(faultOf('TZ=utc 0 0 * * *')).toMatchObject({ reason: 'zone', part: 'expression' });
  });
});

describe('row 40: changes of the clock', () => {
  it('leave out a wall time that does not exist that day', () => {
    expect(next('30 2 * * *', '2026-03-07T12:00:00Z', 'America/New_York')).toBe('2026-03-09T06:30:00.000Z');
    expect(runs('0 0 * * *', '2018-11-03T00:00:00Z', 2, 'America/Sao_Paulo')).toEqual([
      '2018-11-03T03:00',
      '2018-11-05T02:00',
    ]);
  });

  it('repeat a wall time that comes twice', () => {
    expect(runs('30 1 * * *', '2026-11-01T00:00:00Z', 3, 'America/New_York')).toEqual([
      '2026-11-01T05:30',
      '2026-11-01T06:30',
      '2026-11-02T06:30',
    ]);
  });

  it('keep nine in the morning at nine', () => {
    expect(runs('0 9 * * *', '2026-03-07T00:00:00Z', 2, 'America/New_York')).toEqual([
      '2026-03-07T14:00',
      '2026-03-08T13:00',
    ]);
  });

  it('leave out a day that an island skipped', () => {
    expect(runs('0 12 * * *', '2011-12-29T00:00:00Z', 2, 'Pacific/Apia')).toEqual([
      '2011-12-29T22:00',
      '2011-12-30T22:00',
    ]);
  });
});
