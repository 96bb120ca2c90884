import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Receiver } from '../../../apps/api/src/modules/deliveries/receiver.fixture.js';
import { Replicas } from './replicas.fixture.js';

const patienceMs = 120_000;

describe('a replica that is killed while it posts', () => {
  let replicas: Replicas;
  let receiver: Receiver;

  beforeAll(async () => {
    replicas = await Replicas.prepare();
    receiver = replicas.receiver;
  });
  afterAll(() => replicas.close());

  it(
    'is replaced by another within half a minute or so, with the same key, and the order is kept',
    async () => {
      const owner = await replicas.workspace();
      const first = await replicas.start();
      // Longer than the process lives.
      receiver.delayMs = 8_000;
      const sent = await replicas.send(owner, ['one', 'two', 'three']);
      await receiver.has(1);
      await first.kill();
      receiver.delayMs = 0;
      await replicas.start();
      const startedAt = performance.now();
      await receiver.has(4);
      expect(performance.now() - startedAt).toBeLessThan(45_000);
      expect(receiver.requests.map((request) => request.text)).toEqual(['one', 'one', 'two', 'three']);
      expect(receiver.requests.every((request) => request.isSigned)).toBe(true);
      const ids = sent.map((each) => each.deliveryId);
      expect(receiver.requests.map((request) => request.headers['idempotency-key'])).toEqual([ids[0], ...ids]);
    },
    patienceMs,
  );
});
