import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Receiver } from '../../../apps/api/src/modules/deliveries/receiver.fixture.js';
import { Replicas } from './replicas.fixture.js';

const patienceMs = 90_000;

describe('a replica that is asked to stop while it posts', () => {
  let replicas: Replicas;
  let receiver: Receiver;

  beforeAll(async () => {
    replicas = await Replicas.prepare();
    receiver = replicas.receiver;
  });
  afterAll(() => replicas.close());

  it(
    'ends in order, and another posts again what it could not finish, at once and with the same keys',
    async () => {
      // Slower than the time that a running job is given.
      receiver.delayMs = 30_000;
      for (let n = 0; n < 12; n += 1) await replicas.send(await replicas.workspace(`/${n}`), ['one', 'two']);
      const first = await replicas.start();
      await receiver.has(12);
      const second = await replicas.start();
      receiver.delayMs = 0;
      const stopped = performance.now();
      first.signal('SIGTERM');
      expect(await first.ended()).toBe(0);
      expect(performance.now() - stopped).toBeLessThan(15_000);
      expect(first.errorOutput).toBe('');
      await receiver.has(36);
      expect(performance.now() - stopped).toBeLessThan(20_000);
      for (let n = 0; n < 12; n += 1) {
        const came = receiver.requests.filter((request) => request.path === `/${n}`);
        expect(came.map((request) => request.text)).toEqual(['one', 'one', 'two']);
        expect(came[1]?.headers['idempotency-key']).toBe(came[0]?.headers['idempotency-key']);
      }
      second.signal('SIGTERM');
      expect([await second.ended(), second.errorOutput]).toEqual([0, '']);
    },
    patienceMs,
  );
});
