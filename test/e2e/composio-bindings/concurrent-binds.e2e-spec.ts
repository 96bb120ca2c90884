import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ProductProcess } from '#testing';
import type { StubOperation } from '../../counterparts/composio-stub/stub-request.js';
import { type ComposioWorld, envOf, key, startComposioWorld } from './composio-world.fixture.js';

const wishes = [
  { user_id: 'u', apps: [{ toolkit: 'gmail', mode: 'read' }, { toolkit: 'github' }] },
  { user_id: 'u', apps: [{ toolkit: 'gmail', mode: 'custom', tools: ['GMAIL_SEND_EMAIL'] }] },
  { user_id: 'v', toolkits: ['slack', 'gmail'] },
];

let world: ComposioWorld;
let other: ProductProcess;

beforeEach(() => world.stub.reset());
beforeAll(async () => {
  world = await startComposioWorld();
  const shared = { DATABASE_URL: world.test.database.url, LOG_LEVEL: 'warn', CREWSHIP_RATELIMIT_DISABLED: 'true' };
  other = await ProductProcess.start({ ...envOf(world.stub), ...shared });
}, 60_000);
afterAll(async () => {
  await other.kill();
  await world.close();
});

const bindAt = async (url: string, token: string, workspaceId: string, agentId: string, wish: unknown) => {
  const response = await fetch(`${url}/api/v1/integrations/composio/agents/${agentId}/bind`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'x-workspace-id': workspaceId, 'content-type': 'application/json' },
    body: JSON.stringify(wish),
  });
  return { status: response.status, body: await response.json() };
};

const waitUntil = async (holds: () => boolean) => {
  while (!holds()) await new Promise(setImmediate);
};

describe('an app without an auth config that is connected and bound on two processes at once', () => {
  it('gets one auth config', async () => {
    const { owner, agentId } = await world.workspace();
    const connectAt = async (url: string, n: number) => {
      const response = await fetch(`${url}/api/v1/integrations/composio/connect`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${owner.token}`,
          'x-workspace-id': owner.workspaceId,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ toolkit: 'linear', user_id: `user-${n}` }),
      });
      return response.status;
    };
    const urls = [world.test.url, other.url];
    const statuses = await Promise.all([
      ...Array.from({ length: 8 }, (_, n) => connectAt(urls[n % 2] ?? '', n)),
      world.bind(owner, agentId, { user_id: 'u', toolkits: ['linear'] }).then(({ status }) => status),
    ]);
    expect(statuses).toEqual(statuses.map(() => 200));
    expect(world.stub.count('authConfigs.create')).toBe(1);
  });
});

describe('one agent that is bound 50 times at once on two processes', () => {
  it('has one of the sets that were asked for, whole, and nothing is left over at Composio', async () => {
    const { owner, agentId } = await world.workspace();
    const binds = Array.from({ length: 50 }, (_, index) =>
      bindAt(index % 2 === 0 ? world.test.url : other.url, owner.token, owner.workspaceId, agentId, wishes[index % 3]),
    );
    const answers = await Promise.all(binds);
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);

    const stored = await world.call<{
      bindings: { toolkit: string; mode: string; user_id: string; endpoint: string }[];
    }>(owner, 'GET', `/agents/${agentId}/bind`);
    const { bindings } = stored.body;
    const set = bindings.map(({ toolkit, mode, user_id }) => `${toolkit}:${mode}:${user_id}`);
    expect([['github:full:u', 'gmail:read:u'], ['gmail:custom:u'], ['gmail:full:v', 'slack:full:v']]).toContainEqual(
      set,
    );
    const used = bindings.map(({ endpoint }) => /\/mcp\/([^/]+)\/mcp/.exec(endpoint)?.[1]).sort();
    expect(
      world.stub
        .project(key)
        .servers.map(({ id }) => id)
        .sort(),
    ).toEqual(used);
    expect((await world.call(owner, 'GET', '/leftovers')).body).toEqual([]);
    expect((await world.runtime(agentId)).mcp_servers.map(({ ready }) => ready)).toEqual(bindings.map(() => true));
  }, 60_000);

  it('can be bound again when a process was killed in between, and what that one had made is deleted', async () => {
    const { owner, agentId } = await world.workspace();
    const victim = await ProductProcess.start({
      ...envOf(world.stub),
      DATABASE_URL: world.test.database.url,
      LOG_LEVEL: 'warn',
    });
    const asked = (operation: StubOperation, times: number) => waitUntil(() => world.stub.count(operation) === times);
    world.stub.calls.length = 0;
    const cut = bindAt(victim.url, owner.token, owner.workspaceId, agentId, wishes[0]).catch(() => null);
    await asked('mcp.create', 1);
    // It has made one server, and now waits for an answer about the next.
    world.stub.disturb('mcp.list', { hang: true });
    await asked('mcp.list', 2);
    await victim.kill();
    await cut;
    expect(world.stub.project(key).servers.map(({ auth_config_ids }) => auth_config_ids)).toContainEqual(['ac_gmail']);
    const { client } = world.test.prisma;
    await client.composioWorkspace.update({
      where: { workspaceId: owner.workspaceId },
      data: { leaseUntil: new Date(0) },
    });
    const { status, body } = await world.bind(owner, agentId, { user_id: 'u', toolkits: ['slack'] });
    expect([status, body.apps.map(({ toolkit }) => toolkit)]).toEqual([200, ['slack']]);
    expect(world.stub.project(key).servers.map(({ auth_config_ids }) => auth_config_ids)).toEqual([['ac_slack']]);
    expect((await world.call(owner, 'GET', '/leftovers')).body).toEqual([]);
  }, 60_000);
});
