import { afterAll, beforeAll, expect, it } from 'vitest';
import { ComposioStub } from '../../counterparts/composio-stub/composio-stub.js';
import { resolved as runtimeOf, startRuntimeApp } from '../runtime/runtime-world.fixture.js';
import { type ComposioWorld, envOf, startComposioWorld } from './composio-world.fixture.js';

let world: ComposioWorld;
let elsewhere: ComposioStub;

beforeAll(async () => {
  world = await startComposioWorld({ env: { COMPOSIO_DEFAULT_CONNECTOR: 'true' } });
  elsewhere = await ComposioStub.start();
});
afterAll(async () => {
  await world.close();
  await elsewhere.stop();
});

it('agents follow a new COMPOSIO_BASE_URL from the next start on, without being bound again', async () => {
  const { owner, agentId } = await world.workspace();
  const inheriting = await world.test.seed.agent(owner.workspaceId);
  await world.bind(owner, agentId, { user_id: 'a/v3/mcp/b', toolkits: ['gmail'] });
  await world.call(owner, 'PUT', '/default', { user_id: 'u' });
  const endpoints = async (test = world.test) => {
    const servers = [await runtimeOf(test, agentId), await runtimeOf(test, inheriting)].flatMap((it) => it.mcp_servers);
    return servers.map(({ endpoint }) => String(endpoint));
  };
  const before = await endpoints();
  const env = {
    ...envOf(elsewhere),
    COMPOSIO_BASE_URL: `${elsewhere.url}/v3/mcp/`,
    COMPOSIO_DEFAULT_CONNECTOR: 'true',
  };
  const moved = await startRuntimeApp({ env, database: world.test.database });
  const expected = before.map((endpoint) => endpoint.replace(world.stub.url, `${elsewhere.url}/v3/mcp`));
  expect([before.length, await endpoints(moved)]).toEqual([2, expected]);
  await moved.close();
  const back = await startRuntimeApp({
    env: { ...envOf(world.stub), COMPOSIO_DEFAULT_CONNECTOR: 'true' },
    database: world.test.database,
  });
  expect(await endpoints(back)).toEqual(before);
  await back.close();
});
