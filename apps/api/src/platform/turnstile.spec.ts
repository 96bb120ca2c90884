import { setImmediate as later } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { Turnstile } from './turnstile.js';

describe('a turnstile', () => {
  it('lets as many pass as it has places, in the order in which they came, and failures give theirs back', async () => {
    const turnstile = new Turnstile(2);
    const order: number[] = [];
    let inside = 0;
    let most = 0;
    const work = (n: number) => async () => {
      order.push(n);
      inside += 1;
      most = Math.max(most, inside);
      await later();
      inside -= 1;
      if (n % 2 === 1) throw new Error('odd');
    };
    const all = await Promise.allSettled([0, 1, 2, 3, 4, 5].map((n) => turnstile.pass(work(n))));
    expect([order, most]).toEqual([[0, 1, 2, 3, 4, 5], 2]);
    expect(all.filter((each) => each.status === 'rejected')).toHaveLength(3);
    await expect(turnstile.pass(async () => 'free again')).resolves.toBe('free again');
  });
});
