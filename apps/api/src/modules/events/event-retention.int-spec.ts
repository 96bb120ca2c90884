import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '#testing';
import { beforeTransaction } from './event-cursor-rules.js';
import { EventReadsRepository } from './event-reads.repository.js';
import { EventRetentionService } from './event-retention.service.js';
import { EventsService } from './events.service.js';

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
});

afterAll(() => app.close());

describe('events', () => {
  it('that were restored from another cluster become history when a process starts, and hold up nothing', async () => {
    const { workspaceId } = await app.seed.workspace();
    const row = { workspaceId, type: 'run.started', payload: {}, createdAt: app.clock.now(), xid: 10n ** 15n };
    await app.prisma.client.event.create({ data: { ...row, id: 'restored' } });
    await (await startTestApp({ database: app.database })).close();
    const reads = app.app.get(EventReadsRepository, { strict: false });
    const now = beforeTransaction(await reads.horizon());
    expect(await reads.findAfter(workspaceId, now, 10)).toMatchObject({ events: [], isHeld: false });
    expect(await reads.findAfter(workspaceId, { xid: 0n, seq: 0n }, 10)).toMatchObject({
      events: [{ id: 'restored' }],
    });
    await app.prisma.client.event.deleteMany();
  });

  it('are kept for thirty days and no longer, however many there are', async () => {
    const { workspaceId } = await app.seed.workspace();
    const events = app.app.get(EventsService, { strict: false });
    const sweep = app.app.get(EventRetentionService, { strict: false });
    const some = (count: number) =>
      events.publishAll(
        Array.from({ length: count }, () => ({ workspaceId, type: 'run.started' as const, payload: {} })),
      );
    await some(2_300);
    app.clock.advanceMs(60_000);
    await some(5);
    app.clock.advanceMs(30 * 24 * 3_600_000 - 60_000);
    expect(await sweep.runOnce()).toBe(0);
    app.clock.advanceMs(1);
    expect(await sweep.runOnce()).toBe(2_300);
    expect(await app.prisma.client.event.count()).toBe(5);
  });
});
