import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SeededMember } from '#testing';
import { type RegistryApp, settledSync, startRegistryApp, syncOf } from './registry-app.fixture.js';

const path = '/api/v1/mcp-registry/sync';

describe('two replicas on one database', () => {
  let one: RegistryApp;
  let two: RegistryApp;
  let caller: SeededMember;

  beforeEach(async () => {
    one = await startRegistryApp(250);
    two = await startRegistryApp(0, { database: one.test.database, registry: one.registry });
    caller = await one.test.seed.workspace();
  });
  afterEach(async () => {
    await two.close();
    await one.close();
  });

  it('sync once when both are asked ten times at the same moment', async () => {
    one.registry.order({ delayMs: 200 });
    const asked = await Promise.all(
      Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? one : two).test.as(caller).POST(path)),
    );
    const outcomes = asked.map(({ data }) => data?.status);
    expect(outcomes.filter((status) => status === 'sync_started')).toHaveLength(1);
    expect(outcomes.filter((status) => status === 'already_running')).toHaveLength(19);
    await settledSync(two.test, caller);
    expect(one.registry.requests).toHaveLength(3);
  });

  it('share the cooldown', async () => {
    await one.test.as(caller).POST(path);
    await settledSync(one.test, caller);
    expect((await two.test.as(caller).POST(path)).response.status).toBe(429);
  });

  it('do not start a cooldown by a failure', async () => {
    one.registry.order({ status: 500 });
    await one.test.as(caller).POST(path);
    expect(await settledSync(one.test, caller)).toMatchObject({ state: 'failed', next_allowed_at: null });
    expect((await two.test.as(caller).POST(path)).data).toMatchObject({ status: 'sync_started' });
    expect(await settledSync(two.test, caller)).toMatchObject({ state: 'idle', entries: 250 });
  });

  it('go on from the stored page when the one at work is gone, and what it still writes is discarded', async () => {
    one.registry.order(null, { delayMs: 700 });
    await one.test.as(caller).POST(path);
    await untilPages(1);
    // As if its process had stopped: the lease ends while its answer is still under way.
    two.test.clock.advanceMs(91_000);
    expect(await syncOf(two.test, caller)).toMatchObject({ state: 'interrupted', pages: 1 });
    await two.sync();
    expect(await syncOf(two.test, caller)).toMatchObject({ state: 'idle', pages: 3, entries: 250 });
    await one.sync();
    expect(await syncOf(two.test, caller)).toMatchObject({ state: 'idle', pages: 3, entries: 250, last_error: null });
    expect(one.registry.requests.filter(({ cursor }) => cursor === undefined)).toHaveLength(1);
  });

  it('hand over at once when one is stopped', async () => {
    one.registry.order(null, { delayMs: 2_000 });
    await two.test.as(caller).POST(path);
    await untilPages(1);
    await two.test.close();
    await one.sync();
    expect(await syncOf(one.test, caller)).toMatchObject({ state: 'idle', entries: 250, failures: 0 });
    two = await startRegistryApp(0, { database: one.test.database, registry: one.registry });
  });

  async function untilPages(pages: number): Promise<void> {
    for (let attempt = 0; attempt < 200 && (await syncOf(one.test, caller)).pages < pages; attempt += 1) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
});
