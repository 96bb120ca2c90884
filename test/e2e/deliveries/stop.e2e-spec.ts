import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Transactions } from '#kernel';
import { ProductProcess, startTestApp, type TestApp } from '#testing';
import { DeliveriesService } from '../../../apps/api/src/modules/deliveries/deliveries.service.js';
import { Receiver } from '../../../apps/api/src/modules/deliveries/receiver.fixture.js';

const shared = { EGRESS_ALLOW: '127.0.0.1', ENCRYPTION_KEY: '0'.repeat(64) };
const patienceMs = 90_000;

describe('a replica that is asked to stop while it posts', () => {
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
    'ends in order, and another posts again what it could not finish, at once and with the same keys',
    async () => {
      const deliveries = test.app.get(DeliveriesService, { strict: false });
      // Slower than the time that a running job is given.
      receiver.delayMs = 30_000;
      for (let n = 0; n < 12; n += 1) {
        const owner = await test.seed.workspace();
        const made = await test.as(owner).PUT('/api/v1/workspaces/{workspaceId}/delivery-endpoint', {
          params: { path: { workspaceId: owner.workspaceId } },
          body: { url: `${receiver.url}/${n}` },
        });
        receiver.secret = made.data?.secret ?? '';
        const messages = ['one', 'two'].map((text) => ({
          workspaceId: owner.workspaceId,
          agentId: null,
          messageId: text,
          text,
          origin: { kind: 'manual' as const, id: text },
          triggeredBy: null,
          at: test.clock.now(),
        }));
        await test.app.get(Transactions, { strict: false }).run(() => deliveries.sendMessages(messages));
      }
      const first = await start();
      await receiver.has(12);
      const second = await start();
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
