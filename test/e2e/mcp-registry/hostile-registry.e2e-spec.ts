import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SeededMember } from '#testing';
import { entryOf, metaOf } from '../../counterparts/registry-server/registry-entries.mjs';
import type { RegistryAnswer } from '../../counterparts/registry-server/registry-server.mjs';
import { type RegistryApp, remove, startRegistryApp, syncOf } from './registry-app.fixture.js';

const minuteMs = 60_000;

// Row 37 of the table of hostile inputs.
describe('a registry that misbehaves (row 37)', () => {
  let app: RegistryApp;
  let caller: SeededMember;

  beforeAll(async () => {
    app = await startRegistryApp(0);
    caller = await app.test.seed.workspace();
  });
  beforeEach(() => app.reset(250));
  afterAll(() => app.close());

  const sync = () => syncOf(app.test, caller);
  const names = async (): Promise<string[]> => {
    const rows = await app.test.prisma.client.registryServer.findMany({
      where: { deletedAt: null },
      select: { name: true },
    });
    return rows.map(({ name }) => name);
  };
  const nameOf = (n: number): string => entryOf(n).server.name;
  const withServers = (change: (servers: unknown[]) => unknown[]) => (page: RegistryAnswer) => ({
    ...page,
    servers: change(page.servers),
  });

  it('lists a name once, by its latest change, however many versions of it there are (row 37)', async () => {
    const aged = entryOf(1);
    Object.assign(aged.server, { version: '0.1.0', description: 'old' });
    metaOf(aged).updatedAt = '2025-01-01T00:00:00Z';
    app.registry.order(withServers((servers) => [aged, ...servers, aged]));
    await app.sync();
    expect(await names()).toHaveLength(250);
    const row = await app.test.prisma.client.registryServer.findUnique({ where: { name: nameOf(1) } });
    expect(row?.version).toBe(entryOf(1).server.version);
  });

  it('leaves out what cannot be read, counts it and says why, and takes the rest of the page (row 37)', async () => {
    const named = (name: unknown) => ({ ...entryOf(0), server: { ...entryOf(0).server, name } });
    const bad = [named('../etc'), named('..%2f/passwd'), named('no-slash'), named(7), null, 'text', []];
    app.registry.order(withServers((servers) => [...bad, ...servers]));
    await app.sync();
    expect(await sync()).toMatchObject({
      state: 'idle',
      entries: 250,
      skipped: 7,
      skipped_entries: expect.arrayContaining([
        { name: '', reason: 'Its name has a part that is made of dots only.' },
        { name: '', reason: 'Its name is not of the form namespace/server.' },
        { name: '', reason: 'It is not an entry with a named server.' },
      ]),
    });
    expect(await names()).toHaveLength(250);
  });

  it('keeps text that PostgreSQL cannot store out, and everything else of the entry in (row 37)', async () => {
    const odd = entryOf(0);
    odd.server.description = `nul \u0000 and half \ud83d of a pair`;
    app.registry.order(withServers((servers) => [odd, ...servers.slice(1)]));
    await app.sync();
    const row = await app.test.prisma.client.registryServer.findUnique({ where: { name: nameOf(0) } });
    expect(row?.description).toBe('nul  and half  of a pair');
  });

  it('keeps the pages that it has when a later one fails, and goes on from there (row 37)', async () => {
    app.registry.order(null, { status: 500, body: 'oops' });
    await app.sync();
    expect(await sync()).toMatchObject({
      state: 'failed',
      pages: 1,
      last_error: 'The registry answered with status 500',
      next_allowed_at: null,
      failures: 1,
    });
    expect(await names()).toHaveLength(100);
    app.test.clock.advanceMs(minuteMs);
    await app.sync();
    expect(await sync()).toMatchObject({ state: 'idle', pages: 3, entries: 250, last_error: null, failures: 0 });
    expect(app.registry.requests.map(({ cursor }) => cursor)).toEqual([
      undefined,
      expect.stringContaining('000099'),
      expect.stringContaining('000099'),
      expect.stringContaining('000199'),
    ]);
  });

  it('waits longer after every failure, and as long as it is told to (row 37)', async () => {
    const waits: number[] = [];
    for (const fault of [{ status: 500 }, { status: 503 }, { status: 429, headers: { 'retry-after': '7200' } }]) {
      app.registry.order(fault);
      await app.sync();
      const { next_run_at } = await sync();
      const waitMs = Date.parse(next_run_at ?? '') - app.test.clock.now().getTime();
      waits.push(waitMs / 1_000);
      app.test.clock.advanceMs(waitMs);
    }
    const [first = 0, second = 0, told] = waits;
    expect(first).toBeGreaterThanOrEqual(30);
    expect(second).toBeGreaterThanOrEqual(60);
    expect(told).toBe(7_200);
  });

  it.each([
    ['gives the same cursor again', (page: RegistryAnswer) => ({ ...page, metadata: { nextCursor: 'again' } })],
    ['goes round in a circle', null],
  ])('stops when the registry %s, and takes nothing for gone (row 37)', async (_, fault) => {
    const turn = (nextCursor: string) => (page: RegistryAnswer) => ({ ...page, metadata: { count: 1, nextCursor } });
    app.registry.order(...(fault ? [fault, fault] : [turn('a'), turn('b'), turn('a')]));
    await app.sync();
    expect(await sync()).toMatchObject({
      state: 'failed',
      removed: 0,
      last_error: 'The registry gave a page that it had given before, so its list has no end',
    });
  });

  it.each([
    ['a page of more than 5 MiB', { body: `{"servers":["${'x'.repeat(5_300_000)}"]}` }, /larger than 5242880 bytes/],
    ['something that is no JSON', { body: '<html>maintenance</html>' }, /did not answer with JSON/],
    ['another form', { body: { data: [], next: null } }, /did not answer in the form of its API/],
    ['nothing at all', { hangUp: true }, /Connection failed/],
  ])('fails with a sentence when the registry sends %s (row 37)', async (_, fault, sentence) => {
    app.registry.order(fault);
    await app.sync();
    expect(await sync()).toMatchObject({ state: 'failed', last_error: expect.stringMatching(sentence) });
  });

  it('keeps everything when the registry is suddenly empty (row 37)', async () => {
    await app.sync();
    app.registry.entries = [];
    app.test.clock.advanceMs(8 * 24 * 60 * minuteMs);
    await app.sync();
    expect(await sync()).toMatchObject({ state: 'failed', last_error: expect.stringContaining('no servers at all') });
    expect(await names()).toHaveLength(250);
  });

  it('never touches what is curated here, also when an entry goes and comes back (row 37)', async () => {
    await app.sync();
    const curated = { trustTier: 'crewship', isFeatured: true, category: 'Finance' };
    const where = { name: nameOf(4) };
    await app.test.prisma.client.registryServer.update({ where, data: curated });
    const entry = app.registry.find(nameOf(4));
    remove(app.registry, nameOf(4));
    app.test.clock.advanceMs(120 * minuteMs);
    await app.sync();
    expect(await names()).not.toContain(nameOf(4));
    if (entry) metaOf(entry).status = 'active';
    app.test.clock.advanceMs(120 * minuteMs);
    await app.sync();
    expect(await names()).toContain(nameOf(4));
    expect(await app.test.prisma.client.registryServer.findUnique({ where })).toMatchObject(curated);
  });

  it('starts anew when another registry is configured, and drops what that one has not', async () => {
    await app.sync();
    const other = await startRegistryApp(120, { database: app.test.database });
    const apartMs = app.test.clock.now().getTime() - other.test.clock.now().getTime();
    other.test.clock.advanceMs(apartMs + 120 * minuteMs);
    await other.sync();
    expect(await syncOf(other.test, caller)).toMatchObject({ mode: 'full', removed: 130 });
    expect(await names()).toHaveLength(120);
    await other.close();
  });
});
