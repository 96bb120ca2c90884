import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '#testing';
import { EventRetentionService } from './event-retention.service.js';
import { EventsService } from './events.service.js';

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
});

afterAll(() => app.close());

describe('events', () => {
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
