import { describe, expect, it } from 'vitest';
import { isRefreshDue, nextRefreshAt, retryAt } from './refresh-rules.js';

const now = new Date('2026-11-22T12:00:00Z');
const minute = 60_000;
const inMs = (ms: number): Date => new Date(now.getTime() + ms);

describe('a token is renewed with its next use', () => {
  it.each<[string, Parameters<typeof isRefreshDue>[0], boolean]>([
    ['when its time has come', { renewable: true, tokenExpiresAt: inMs(9 * minute), nextRefreshAt: now }, true],
    [
      'not before, even when it is short-lived',
      { renewable: true, tokenExpiresAt: inMs(minute), nextRefreshAt: inMs(1) },
      false,
    ],
    [
      'not during a back-off, even when it is dead',
      { renewable: true, tokenExpiresAt: inMs(-1), nextRefreshAt: inMs(1) },
      false,
    ],
    [
      'five minutes before the end when no time was set',
      { renewable: true, tokenExpiresAt: inMs(5 * minute), nextRefreshAt: null },
      true,
    ],
    ['not earlier then', { renewable: true, tokenExpiresAt: inMs(5 * minute + 1), nextRefreshAt: null }, false],
    [
      'not on every use when its expiry is unknown',
      { renewable: true, tokenExpiresAt: null, nextRefreshAt: null },
      false,
    ],
    ['never without a refresh token', { renewable: false, tokenExpiresAt: inMs(-1), nextRefreshAt: inMs(-1) }, false],
  ])('%s', (_case, facts, due) => {
    expect(isRefreshDue(facts, now)).toBe(due);
  });
});

describe('the next renewal', () => {
  it.each([
    ['an hour: five minutes before the end', 60 * minute, 0, 55 * minute],
    ['an hour, with all the jitter: up to five minutes earlier', 60 * minute, 1, 50 * minute],
    ['twenty minutes: the jitter is a tenth of the life', 20 * minute, 1, 13 * minute],
    ['a minute: at half of it', minute, 0, minute / 2],
    ['a minute, whatever the jitter', minute, 1, minute / 2],
    ['none at all: not at once', 0, 0, 10_000],
    ['less than none: not at once', -minute, 1, 10_000],
    ['unknown life: an hour', null, 0, 60 * minute],
  ])('of a token of %s', (_case, life, jitter, wait) => {
    expect(nextRefreshAt(now, life === null ? null : inMs(life), jitter)).toEqual(inMs(wait));
  });
});

describe('after a failure the next try', () => {
  it.each([
    ['comes after ten seconds', 1, null, 0, 10_000],
    ['comes after half of that with all the jitter', 1, null, 1, 5_000],
    ['comes twice as late after the second', 2, null, 0, 20_000],
    ['comes after an hour at most', 60, null, 0, 60 * minute],
    ['waits as long as the server asked', 1, 120_000, 0, 120_000],
    ['never comes before the server said, and spreads after', 1, 120_000, 1, 132_000],
    ['does not wait a day because the server asked', 1, 86_400_000, 0, 60 * minute],
    ['is not hurried by the server', 3, 1_000, 0, 40_000],
    ['takes no negative pause for an answer', 1, -5, 0, 10_000],
  ])('%s', (_case, failures, retryAfterMs, jitter, wait) => {
    expect(retryAt(now, failures, retryAfterMs, jitter)).toEqual(inMs(wait));
  });
});
