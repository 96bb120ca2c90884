import { afterEach, describe, expect, it, vi } from 'vitest';
import { countQueries, startTestApp, type TestApp } from '#testing';
import { AppModule } from '../../../apps/api/src/app.module.js';

const path = '/api/v1/integrations/crews';

describe('the list across crews', () => {
  let running: TestApp | undefined;
  const start = async (): Promise<TestApp> => {
    running = await startTestApp();
    return running;
  };
  afterEach(async () => {
    await running?.close();
    running = undefined;
    vi.restoreAllMocks();
  });

  it('orders by crew and server, names the crew, pages, and leaves out deleted crews and other workspaces', async () => {
    const test = await start();
    const owner = await test.seed.workspace();
    const stranger = await test.seed.workspace();
    const { workspaceId } = owner;
    const zulu = await test.seed.crew(workspaceId, { name: 'Zulu', slug: 'zulu' });
    const alfa = await test.seed.crew(workspaceId, { name: 'Alfa', slug: 'alfa' });
    const gone = await test.seed.crew(workspaceId, { name: 'Gone', deletedAt: test.clock.now() });
    await test.seed.crewIntegration(workspaceId, zulu, { name: 'a' });
    await test.seed.crewIntegration(workspaceId, alfa, { name: 'z' });
    await test.seed.crewIntegration(workspaceId, alfa, { name: 'b' });
    await test.seed.crewIntegration(workspaceId, gone, { name: 'hidden' });
    await test.seed.crewIntegration(stranger.workspaceId, await test.seed.crew(stranger.workspaceId), {
      name: 'theirs',
    });

    const all = await test.as(owner).GET(path);
    const second = await test.as(owner).GET(path, { params: { query: { limit: 1, offset: 1 } } });

    expect(all.data?.map((row) => `${row.crew_slug}/${row.name}`)).toEqual(['alfa/b', 'alfa/z', 'zulu/a']);
    expect(all.data?.[0]).toMatchObject({ crew_id: alfa, crew_name: 'Alfa' });
    expect(second.data?.map((row) => row.name)).toEqual(['z']);
    expect(second.response.headers.get('x-total-count')).toBe('3');
  });

  it.each([
    ['as they are', false],
    ['in the opposite order', true],
  ])('is never taken for the integration called "crews": modules %s', async (_case, reversed) => {
    const original = AppModule.with.bind(AppModule);
    vi.spyOn(AppModule, 'with').mockImplementation((config, ports) => {
      const module = original(config, ports);
      return reversed ? { ...module, imports: [...(module.imports ?? [])].reverse() } : module;
    });
    const test = await start();
    const owner = await test.seed.workspace();
    const integrationId = await test.seed.integration(owner.workspaceId);

    const list = await test.as(owner).GET(path);
    const one = await test
      .as(owner)
      .GET('/api/v1/integrations/{integrationId}', { params: { path: { integrationId } } });

    expect(list.data).toEqual([]);
    expect(one.data?.id).toBe(integrationId);
  });

  it('asks the database as often for many rows as for two', async () => {
    const test = await start();
    const owner = await test.seed.workspace();
    const base = await test.seed.integration(owner.workspaceId);
    const crew = await test.seed.crew(owner.workspaceId);
    const add = async () => {
      const server = await test.seed.crewIntegration(owner.workspaceId, crew, { workspaceIntegrationId: base });
      const agent = await test.seed.agent(owner.workspaceId, { crewId: crew });
      await test.seed.binding(owner.workspaceId, agent, { crewIntegrationId: server });
    };
    const countOf = async (): Promise<number> => {
      const list = () => test.as(owner).GET(path, { params: { query: { limit: 100 } } });
      return (await countQueries(list)).statements.length;
    };
    await add();
    await add();
    const few = await countOf();
    for (let index = 0; index < 30; index += 1) await add();
    expect(await countOf()).toBe(few);
  });
});
