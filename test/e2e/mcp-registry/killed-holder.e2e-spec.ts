import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ProductProcess, type SeededMember } from '#testing';
import { type RegistryApp, settledSync, startRegistryApp, syncOf } from './registry-app.fixture.js';

const env = { ENCRYPTION_KEY: '5'.repeat(64) };

describe('a process that is killed while it syncs', () => {
  let here: RegistryApp;
  let other: ProductProcess;
  let owner: SeededMember;

  beforeAll(async () => {
    here = await startRegistryApp(450, {}, env);
    owner = await here.test.seed.workspace();
    other = await ProductProcess.start({
      ...env,
      DATABASE_URL: here.test.database.url,
      MCP_REGISTRY_URL: here.registry.url,
      MCP_REGISTRY_AUTO_SYNC: 'false',
      EGRESS_ALLOW: '127.0.0.1',
      LOG_LEVEL: 'warn',
    });
  }, 60_000);
  afterAll(async () => {
    await other.kill();
    await here.close();
  });

  it('leaves every page that it had, and the next goes on after the last of them (row 37)', async () => {
    here.registry.order(null, null, { delayMs: 60_000 });
    const asked = await fetch(`${other.url}/api/v1/mcp-registry/sync?workspace_id=${owner.workspaceId}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${owner.token}` },
    });
    expect(await asked.json()).toMatchObject({ status: 'sync_started' });
    while (here.registry.requests.length < 3) await sleep(10);
    await other.kill();

    const listed = () => here.test.prisma.client.registryServer.count({ where: { deletedAt: null } });
    expect(await listed()).toBe(200);
    // The lease was taken by the clock of the machine.
    const aheadMs = Math.max(0, Date.now() - here.test.clock.now().getTime());
    here.test.clock.advanceMs(aheadMs);
    const sync = () => here.test.as(owner).POST('/api/v1/mcp-registry/sync');
    expect((await sync()).data).toMatchObject({ status: 'already_running', sync: { state: 'running', pages: 2 } });

    here.test.clock.advanceMs(91_000);
    expect(await syncOf(here.test, owner)).toMatchObject({ state: 'interrupted', pages: 2 });
    expect((await sync()).data).toMatchObject({ status: 'sync_started' });
    expect(await settledSync(here.test, owner)).toMatchObject({ state: 'idle', pages: 5, entries: 450, failures: 0 });
    expect(await listed()).toBe(450);
    expect(here.registry.requests.map(({ cursor }) => cursor?.slice(0, 26) ?? null)).toEqual([
      null,
      'io.github.publisher-000099',
      'io.github.publisher-000199',
      'io.github.publisher-000199',
      'io.github.publisher-000299',
      'io.github.publisher-000399',
    ]);
  }, 60_000);
});
