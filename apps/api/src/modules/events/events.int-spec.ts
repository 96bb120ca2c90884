import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Transactions } from '#kernel';
import { countQueries, startTestApp, type TestApp } from '#testing';
import { EventsService } from './events.service.js';
import type { PublishedEvent } from './events.types.js';

let app: TestApp;
let events: EventsService;

beforeAll(async () => {
  app = await startTestApp();
  events = app.app.get(EventsService, { strict: false });
});

afterAll(() => app.close());

const stored = (workspaceId: string) =>
  app.prisma.client.event.findMany({
    where: { workspaceId },
    orderBy: { seq: 'asc' },
    select: { type: true, payload: true },
  });

describe('publishing events', () => {
  it('writes any number of them, in their order, with one statement', async () => {
    const { workspaceId } = await app.seed.workspace();
    const many = Array.from({ length: 300 }, (_, n) => ({ workspaceId, type: 'run.started' as const, payload: { n } }));
    const { statements } = await countQueries(() => events.publishAll(many));
    expect(statements).toHaveLength(1);
    const rows = await stored(workspaceId);
    expect(rows.map(({ payload }) => payload)).toEqual(many.map(({ payload }) => payload));
  });

  it('loses them with the transaction that told of them', async () => {
    const { workspaceId } = await app.seed.workspace();
    const work = app.app.get(Transactions, { strict: false }).run(async () => {
      await events.publish({ workspaceId }, { type: 'run.started', payload: {} });
      throw new Error('it did not happen');
    });
    await expect(work).rejects.toThrow('it did not happen');
    expect(await stored(workspaceId)).toEqual([]);
  });

  it('gives notice once for each workspace, when the transaction has been kept, and none of one that is undone', async () => {
    const [first, second, undone] = [
      await app.seed.workspace(),
      await app.seed.workspace(),
      await app.seed.workspace(),
    ];
    const transactions = app.app.get(Transactions, { strict: false });
    const publish = ({ workspaceId }: { workspaceId: string }) =>
      events.publish({ workspaceId }, { type: 'run.started', payload: {} });
    const listener = new pg.Client({ connectionString: app.database.url });
    await listener.connect();
    try {
      const heard: string[] = [];
      // What earlier tests set off may still be on its way.
      const known = [first, second, undone].map(({ workspaceId }) => workspaceId);
      listener.on('notification', ({ payload = '' }) => known.includes(payload) && heard.push(payload));
      await listener.query('LISTEN crewship_events');
      await transactions.run(async () => {
        for (const each of [first, first, second]) await publish(each);
        await listener.query('SELECT 1');
        expect(heard).toEqual([]);
      });
      const kept = [first.workspaceId, second.workspaceId].sort();
      await vi.waitFor(() => expect([...heard].sort()).toEqual(kept), 5_000);
      const failing = transactions.run(async () => {
        await publish(undone);
        throw new Error('it did not happen');
      });
      await expect(failing).rejects.toThrow('it did not happen');
      await publish(first);
      await vi.waitFor(() => expect([...heard].sort()).toEqual([first.workspaceId, ...kept].sort()), 5_000);
    } finally {
      await listener.end();
    }
  });

  it('shows observers what was written, inside the transaction', async () => {
    const { workspaceId } = await app.seed.workspace();
    const seen: PublishedEvent[] = [];
    let visibleOutside = -1;
    events.observe(async (event) => {
      if (event.workspaceId !== workspaceId) return;
      seen.push(event);
      const other = new pg.Client({ connectionString: app.database.url });
      await other.connect();
      visibleOutside = (await other.query('SELECT 1 FROM events WHERE workspace_id = $1', [workspaceId])).rows.length;
      await other.end();
    });
    const told = { type: 'CHANNEL_MESSAGE', agentId: 'agent', payload: { text: 'hi' } } as const;
    await app.app.get(Transactions, { strict: false }).run(() => events.publish({ workspaceId }, told));
    expect(seen).toEqual([expect.objectContaining({ ...told, workspaceId })]);
    expect(visibleOutside).toBe(0);
  });
});
