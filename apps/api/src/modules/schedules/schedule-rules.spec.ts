import { describe, expect, it } from 'vitest';
import { decide } from './due-schedule-rules.js';
import { excerptOf, verdictOf } from './run-outcome-rules.js';
import { sentRequest, textOf } from './schedule-message-rules.js';
import { waitMs } from './schedule-ticker.service.js';

const now = new Date('2026-01-01T00:00:30Z');
const due = { live: true, agentGone: false, fired: false, busyChecks: 0 };

describe('what is done with a due schedule', () => {
  it.each([
    [
      'of a deleted workspace',
      { ...due, live: false },
      { active: 0, max: 1, ownScheduler: false },
      { kind: 'disable', reason: null },
    ],
    [
      'whose agent was deleted',
      { ...due, agentGone: true },
      { active: 0, max: 1, ownScheduler: false },
      { kind: 'disable', reason: 'switched off: its agent was deleted; name another one' },
    ],
    [
      'whose slot has its run',
      { ...due, fired: true },
      { active: 9, max: 1, ownScheduler: false },
      { kind: 'advance' },
    ],
    ['whose agent keeps its own time', due, { active: 9, max: 1, ownScheduler: true }, { kind: 'advance' }],
    ['whose agent has room', due, { active: 1, max: 2, ownScheduler: false }, { kind: 'fire' }],
    ['of which nothing is known', due, undefined, { kind: 'fire' }],
    [
      'whose agent is busy',
      { ...due, busyChecks: 11 },
      { active: 1, max: 1, ownScheduler: false },
      { kind: 'wait', until: new Date('2026-01-01T00:00:40Z'), busyChecks: 12 },
    ],
    [
      'whose agent was busy for two minutes',
      { ...due, busyChecks: 12 },
      { active: 3, max: 1, ownScheduler: false },
      { kind: 'skip', activeTasks: 3, reason: 'skipped: workspace busy (active_tasks=3)' },
    ],
  ])('%s', (_, row, capacity, expected) => {
    expect(decide(row, capacity, now)).toEqual(expected);
  });
});

describe('how a run ended', () => {
  const delivered = { status: 'delivered' as const, error: null, replyText: null, responseBody: null };
  const stale = 'empty response 3 consecutive times — agent may be phantom-producing (#795)';

  it.each([
    ['an answer ends a row of empty ones', { ...delivered, responseBody: '{"result":{}}' }, 2, ['ok', '', 0]],
    ['an empty answer counts', { ...delivered, responseBody: ' ' }, 1, ['ok', '', 2]],
    ['the third empty one is stale', { ...delivered, responseBody: '' }, 2, ['stale', stale, 3]],
    [
      'an empty text is empty',
      { ...delivered, responseBody: '{"parts":[{"kind":"text","text": ""}]}' },
      0,
      ['ok', '', 1],
    ],
    ['the words for nothing are empty', { ...delivered, responseBody: '(no response generated)' }, 0, ['ok', '', 1]],
    ['taken without an answer is neither', { ...delivered, status: 'acknowledged' as const }, 2, ['ok', '', 2]],
    ['nowhere to send it', { ...delivered, status: 'no_endpoint' as const }, 2, ['error', 'no delivery endpoint', 2]],
    ['never arrived', { ...delivered, status: 'dead' as const, error: 'HTTP 500' }, 1, ['error', 'HTTP 500', 1]],
    ['called back', { ...delivered, status: 'cancelled' as const }, 0, ['error', 'cancelled', 0]],
  ])('%s', (_, outcome, before, [status, error, emptyRuns]) => {
    expect(verdictOf(outcome, Number(before))).toEqual({ status, error, emptyRuns });
  });

  it('keeps five hundred characters of an answer at most', () => {
    expect(excerptOf('a'.repeat(500))).toBe('a'.repeat(500));
    expect(excerptOf('ü'.repeat(501))).toBe(`${'ü'.repeat(497)}...`);
    expect([excerptOf(null), excerptOf(' '), excerptOf('(no response generated)')]).toEqual([null, null, null]);
  });
});

describe('what is kept of a prompt', () => {
  const schedule = { id: 'id', name: 'name', cronExpr: '* * * * *' };

  it('is at most two hundred bytes, cut between characters', () => {
    const whole = sentRequest({ ...schedule, prompt: 'a'.repeat(200) });
    const cut = sentRequest({ ...schedule, prompt: '€'.repeat(100) });
    expect(whole).toMatchObject({ prompt: 'a'.repeat(200) });
    expect(cut).toMatchObject({ prompt: `${'€'.repeat(65)}...` });
  });

  it('is sent behind what was said lately', () => {
    expect([textOf('Do it', undefined), textOf('Do it', '[context]\n- Ada: hi')]).toEqual([
      'Do it',
      '[context]\n- Ada: hi\n\nDo it',
    ]);
  });
});

describe('how long the ticker sleeps', () => {
  it.each([
    ['five seconds when nothing is planned', '2026-01-01T00:00:30.000Z', null, 5_000],
    ['until the turn of the minute', '2026-01-01T00:00:57.500Z', '2026-01-01T02:00:00Z', 2_500],
    ['until something is due', '2026-01-01T00:00:30.000Z', '2026-01-01T00:00:31Z', 1_000],
    ['a moment, while another replica is at it', '2026-01-01T00:00:30.000Z', '2026-01-01T00:00:00Z', 200],
  ])('%s', (_, at, earliest, expected) => {
    expect(waitMs(new Date(at), earliest === null ? null : new Date(earliest))).toBe(expected);
  });
});
