import { setImmediate as later } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
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

describe('a turnstile with visitors who may leave', () => {
  const forever = new AbortController().signal;

  it('lets only so many in at a time, and the next in order', async () => {
    const turnstile = new Turnstile(2);
    let inside = 0;
    let most = 0;
    const order: number[] = [];
    const visit = (number: number) =>
      turnstile.pass(async () => {
        order.push(number);
        most = Math.max(most, ++inside);
        await new Promise((resolve) => setImmediate(resolve));
        inside--;
        if (number === 2) throw new Error('fell');
      }, forever);

    const visits = await Promise.allSettled([1, 2, 3, 4, 5].map(visit));

    expect([most, order]).toEqual([2, [1, 2, 3, 4, 5]]);
    expect(visits.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
      'fulfilled',
    ]);
  });

  it('lets go of who will not wait, without giving the place away twice', async () => {
    const turnstile = new Turnstile(1);
    let leave: () => void = () => undefined;
    const first = turnstile.pass(() => new Promise<void>((resolve) => (leave = resolve)), forever);
    const impatient = new AbortController();
    const second = turnstile.pass(async () => 'in', impatient.signal);
    const third = turnstile.pass(async () => 'in', forever);
    impatient.abort(new Error('gone'));

    await expect(second).rejects.toThrow('gone');
    leave();
    await first;
    await expect(third).resolves.toBe('in');
  });
});
