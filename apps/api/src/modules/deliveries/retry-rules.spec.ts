import { describe, expect, it } from 'vitest';
import { nextWaitMs, retryAfterMs } from './retry-rules.js';

const delays = [10_000, 30_000, 120_000, 600_000, 3_600_000];
const now = new Date('2026-11-22T10:00:00Z');

describe('the wait before the next attempt', () => {
  it('is as planned, and there is none after the sixth', () => {
    expect([1, 2, 3, 4, 5, 6].map((attempts) => nextWaitMs(attempts, delays, null))).toEqual([...delays, null]);
  });

  it('is longer when the receiver asks for it, up to an hour, and never shorter', () => {
    expect([5_000, 60_000, 86_400_000].map((asked) => nextWaitMs(1, delays, asked))).toEqual([
      10_000, 60_000, 3_600_000,
    ]);
  });

  it.each([
    ['120', 120_000],
    [' 0 ', 0],
    ['Sun, 22 Nov 2026 10:00:30 GMT', 30_000],
    ['Sun, 22 Nov 2026 09:00:00 GMT', 0],
    ['soon', null],
    ['-5', null],
    [null, null],
  ])('reads Retry-After %j as %j ms', (header, expected) => {
    expect(retryAfterMs(header, now)).toBe(expected);
  });
});
