import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Authenticator } from '#access';
import { type SeededMember, startTestApp, type TestApp } from '#testing';
import { EventFeedService } from '../../../apps/api/src/modules/events/event-feed.service.js';
import { SseReader } from './sse.fixture.js';
import { limitsOf, numbersOf, publisher, streamUrl } from './stream.fixture.js';

let here: TestApp;
let there: TestApp;
let owner: SeededMember;

beforeAll(async () => {
  here = await startTestApp();
  there = await startTestApp({ database: here.database });
});

beforeEach(async () => {
  owner = await here.seed.workspace();
});

afterAll(async () => {
  await there.close();
  await here.close();
});

const open = (app: TestApp, headers: Record<string, string> = {}, token: string | null = owner.token) =>
  SseReader.open(streamUrl(app, owner.workspaceId), token, headers);
const refusal = async (reader: SseReader) => {
  await reader.ended();
  return reader.response.status;
};

describe('the event stream of a workspace', () => {
  it('begins with a ping and the place to resume from, and then gives what any process publishes, in one order', async () => {
    const readers = [await open(here), await open(there)];
    await publisher(here, owner.workspaceId)(1, 2);
    await publisher(there, owner.workspaceId)(3);
    for (const reader of readers) {
      expect(numbersOf(await reader.until(3))).toEqual([1, 2, 3]);
      expect(reader.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
      expect(reader.response.headers.get('cache-control')).toContain('no-store');
      expect(reader.blocks[0]).toEqual({ comment: 'ping' });
      expect(reader.blocks[1]?.id).toMatch(/^\d+-\d+$/);
      expect(reader.events[0]).toMatchObject({ type: 'run.started', timestamp: here.clock.now().getTime() });
      reader.close();
    }
    expect(readers[0]?.lastEventId).toBe(readers[1]?.lastEventId);
  });

  it('says nothing of other workspaces, and nothing of the past', async () => {
    const stranger = await here.seed.workspace();
    await publisher(here, owner.workspaceId)(0);
    const reader = await open(here);
    await publisher(here, stranger.workspaceId)(1);
    await publisher(here, owner.workspaceId)(2);
    expect(numbersOf(await reader.until(1))).toEqual([2]);
    reader.close();
  });

  it('finds what a process wrote that died before it could give notice', async () => {
    const reader = await open(here);
    const feed = here.app.get(EventFeedService, { strict: false });
    await feed.lookAround();
    const row = { workspaceId: owner.workspaceId, type: 'run.started', createdAt: here.clock.now() };
    for (const n of [1, 2]) {
      await here.prisma.client.event.create({ data: { ...row, id: `unannounced-${n}`, payload: { n } } });
      await feed.lookAround();
      expect(numbersOf(await reader.until(n)).at(-1)).toBe(n);
    }
    reader.close();
  });

  it('resumes after the last id in any process, across a restart, without a gap and without a repetition', async () => {
    const third = await startTestApp({ database: here.database });
    const reader = await open(third);
    const tell = publisher(here, owner.workspaceId);
    await tell(1, 2);
    await reader.until(2);
    await third.close();
    expect(await reader.ended()).toMatchObject({ event: 'closed', data: { reason: 'shutting_down' } });
    await tell(...Array.from({ length: 500 }, (_, n) => n + 3));
    const resumed = await open(there, { 'Last-Event-ID': reader.lastEventId });
    await tell(503);
    expect(numbersOf(await resumed.until(501))).toEqual(Array.from({ length: 501 }, (_, n) => n + 3));
    const byQuery = `${streamUrl(there, owner.workspaceId)}?last_event_id=${reader.lastEventId}`;
    const again = await SseReader.open(byQuery, owner.token);
    expect(numbersOf(await again.until(501))).toEqual(numbersOf(resumed.events));
    resumed.close();
    again.close();
  });

  it('can be resumed by who left before anything had happened', async () => {
    const reader = await open(here);
    while (reader.lastEventId === '') await sleep(2);
    reader.close();
    await publisher(here, owner.workspaceId)(1);
    const resumed = await open(here, { 'Last-Event-ID': reader.lastEventId });
    expect(numbersOf(await resumed.until(1))).toEqual([1]);
    resumed.close();
  });

  it('says nothing of the past, though an older transaction still holds it back', async () => {
    const slow = new pg.Client({ connectionString: here.database.url });
    await slow.connect();
    await slow.query('BEGIN');
    await slow.query('SELECT pg_current_xact_id()');
    await publisher(here, owner.workspaceId)(0);
    const reader = await open(there);
    await publisher(here, owner.workspaceId)(2);
    await slow.query('COMMIT');
    await slow.end();
    expect(numbersOf(await reader.until(1))).toEqual([2]);
    reader.close();
  });

  it('waits for a transaction that began earlier and commits later, and then gives both in order', async () => {
    const reader = await open(there);
    const slow = new pg.Client({ connectionString: here.database.url });
    await slow.connect();
    const insert = `INSERT INTO events (id, workspace_id, type, payload, created_at) VALUES ($1, $2, 'run.started', '{"n": 1}', now())`;
    await slow.query('BEGIN');
    await slow.query(insert, [`late-${owner.workspaceId}`, owner.workspaceId]);
    await publisher(here, owner.workspaceId)(2);
    await sleep(150);
    expect(reader.events).toEqual([]);
    await slow.query('COMMIT');
    await slow.end();
    expect(numbersOf(await reader.until(2))).toEqual([1, 2]);
    reader.close();
  });

  it('catches up after its connection for notifications broke', async () => {
    const reader = await open(there);
    await publisher(here, owner.workspaceId)(1);
    await reader.until(1);
    await here.prisma.client.$queryRaw`
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE application_name = 'crewship-notifications' AND datname = current_database()`;
    await publisher(here, owner.workspaceId)(2);
    expect(numbersOf(await reader.until(2))).toEqual([1, 2]);
    reader.close();
  });

  it('gives thirty readers and many writers every event exactly once and in the same order', async () => {
    const readers = await Promise.all(
      Array.from({ length: 30 }, async (_, n) => {
        const member = await here.seed.member(owner.workspaceId, 'VIEWER');
        return open(n % 2 ? here : there, {}, member.token);
      }),
    );
    const writers = Array.from({ length: 20 }, (_, w) => publisher(w % 2 ? here : there, owner.workspaceId));
    await Promise.all(
      writers.map(async (tell, w) => {
        for (let n = 0; n < 10; n += 1) await tell(w * 10 + n);
      }),
    );
    const [first] = readers;
    const order = numbersOf((await first?.until(200)) ?? []);
    expect([...order].sort((a, b) => Number(a) - Number(b))).toEqual(Array.from({ length: 200 }, (_, n) => n));
    for (const reader of readers) {
      expect(numbersOf(await reader.until(200))).toEqual(order);
      reader.close();
    }
  });
});

describe('who may read a stream', () => {
  it('is nobody without a token, no stranger, and every member', async () => {
    const stranger = await here.seed.workspace();
    const viewer = await here.seed.member(owner.workspaceId, 'VIEWER');
    expect(await refusal(await open(here, {}, null))).toBe(401);
    expect(await refusal(await open(here, {}, 'crewship_cli_made_up'))).toBe(401);
    expect(await refusal(await open(here, {}, stranger.token))).toBe(404);
    const reader = await open(here, {}, viewer.token);
    expect(reader.response.status).toBe(200);
    reader.close();
  });

  it('is a token of the workspace that may read events, and no other', async () => {
    const mint = async (workspace: SeededMember, scopes: string[]) => {
      const response = await here.call(`/api/v1/workspaces/${workspace.workspaceId}/tokens`, {
        method: 'POST',
        token: workspace.token,
        json: { scopes },
      });
      return ((await response.json()) as { auth_token: string }).auth_token;
    };
    const reader = await open(here, {}, await mint(owner, ['events:read']));
    expect(reader.response.status).toBe(200);
    reader.close();
    expect(await refusal(await open(here, {}, await mint(owner, ['schedules:read'])))).toBe(403);
    const elsewhere = await here.seed.workspace();
    expect(await refusal(await open(here, {}, await mint(elsewhere, ['*'])))).toBe(401);
  });

  it('is asked again: a revoked token and a removed member lose the stream', async () => {
    limitsOf(here).recheckMs = 30;
    const member = await here.seed.member(owner.workspaceId, 'MEMBER');
    const streams = [await open(here, {}, member.token), await open(here)];
    await here.prisma.client.workspaceMember.delete({ where: { id: member.memberId } });
    await here.prisma.client.cliToken.updateMany({ where: { userId: owner.userId }, data: { revokedAt: new Date() } });
    for (const stream of streams)
      expect(await stream.ended()).toMatchObject({ event: 'closed', data: { reason: 'access_lost' } });
    limitsOf(here).recheckMs = 30_000;
  });
});

describe('the limits of a stream', () => {
  it.each(['nonsense', '1-', '99999999999999999999-1', '9000000000000000000-1'])(
    'refuses the id %s, which no event of it has',
    async (id) => {
      expect(await refusal(await open(here, { 'Last-Event-ID': id }))).toBe(400);
    },
  );

  it('holds a caller to so many streams, and forgets those that are over', async () => {
    limitsOf(here).perCaller = 2;
    const [first, second] = [await open(here), await open(here)];
    expect(await refusal(await open(here))).toBe(429);
    first.close();
    second.close();
    let again = await open(here);
    while (again.response.status === 429) again = await open(here);
    expect(again.response.status).toBe(200);
    again.close();
    limitsOf(here).perCaller = 20;
  });

  it('keeps no place for callers who leave while they are let in', async () => {
    limitsOf(here).perCaller = 1;
    const authenticator = here.app.get(Authenticator, { strict: false });
    const known = authenticator.authenticate.bind(authenticator);
    const call = get(streamUrl(here, owner.workspaceId), { headers: { Authorization: `Bearer ${owner.token}` } });
    call.on('error', () => undefined);
    const left = new Promise<void>((resolve) => {
      vi.spyOn(authenticator, 'authenticate').mockImplementationOnce(async (request, workspaceRef) => {
        const result = await known(request, workspaceRef);
        call.destroy();
        while (!request.res?.destroyed) await sleep(1);
        setTimeout(resolve, 50);
        return result;
      });
    });
    await left;
    const reader = await open(here);
    expect(reader.response.status).toBe(200);
    reader.close();
    limitsOf(here).perCaller = 20;
  });
});
