import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Transactions } from '#kernel';
import { ProductProcess, startTestApp, type TestApp } from '#testing';
import { DeliveriesService } from '../../../apps/api/src/modules/deliveries/deliveries.service.js';
import { Receiver } from '../../../apps/api/src/modules/deliveries/receiver.fixture.js';

const shared = { EGRESS_ALLOW: '127.0.0.1', ENCRYPTION_KEY: '0'.repeat(64) };
const patienceMs = 120_000;

describe('a replica that is killed while it posts', () => {
  let test: TestApp;
  let receiver: Receiver;
  const processes: ProductProcess[] = [];

  beforeAll(async () => {
    [test, receiver] = await Promise.all([startTestApp({ env: shared }), Receiver.start('')]);
  });
  afterAll(async () => {
    for (const process of processes) await process.kill();
    await receiver.stop();
    await test.close();
  });

  const start = async () => {
    const started = await ProductProcess.start({ ...shared, DATABASE_URL: test.database.url, LOG_LEVEL: 'warn' });
    processes.push(started);
    return started;
  };

  it(
    'is replaced by another within half a minute or so, with the same key, and the order is kept',
    async () => {
      const owner = await test.seed.workspace();
      const made = await test.as(owner).PUT('/api/v1/workspaces/{workspaceId}/delivery-endpoint', {
        params: { path: { workspaceId: owner.workspaceId } },
        body: { url: receiver.url },
      });
      receiver.secret = made.data?.secret ?? '';
      const first = await start();
      // Longer than the process lives.
      receiver.delayMs = 8_000;
      const deliveries = test.app.get(DeliveriesService, { strict: false });
      const messages = ['one', 'two', 'three'].map((text) => ({
        workspaceId: owner.workspaceId,
        agentId: null,
        messageId: text,
        text,
        origin: { kind: 'manual' as const, id: text },
        triggeredBy: null,
        at: test.clock.now(),
      }));
      const sent = await test.app.get(Transactions, { strict: false }).run(() => deliveries.sendMessages(messages));
      await receiver.has(1);
      await first.kill();
      receiver.delayMs = 0;
      await start();
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
