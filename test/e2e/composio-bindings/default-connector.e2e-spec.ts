import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { countQueries, type SeededMember, startTestApp } from '#testing';
import { accountOf } from '../../counterparts/composio-stub/composio-project.js';
import { lockWaiters } from '../console/console.fixture.js';
import { type ComposioWorld, envOf, key, startComposioWorld } from './composio-world.fixture.js';

const otherKey = 'ak_other_project_456';
const unset = { enabled_flag: true, default_user_id: '', default_mcp_server_id: '', project_changed: false };

let world: ComposioWorld;
let owner: SeededMember;
let agentId: string;

beforeAll(async () => {
  world = await startComposioWorld({ env: { COMPOSIO_DEFAULT_CONNECTOR: 'true' }, keys: [otherKey] });
});
beforeEach(async () => {
  world.stub.reset();
  ({ owner, agentId } = await world.workspace());
  await world.test.seed.integration(owner.workspaceId, { name: 'legacy' });
});
afterAll(() => world.close());

const project = () => world.stub.project(key);
const get = () => world.call<Record<string, unknown>>(owner, 'GET', '/default').then(({ body }) => body);
const put = (json?: unknown) => world.call<Record<string, unknown>>(owner, 'PUT', '/default', json);
const names = async (id = agentId) => (await world.resolved(owner, id)).map(({ name }) => name);

describe('setting up the default connector', () => {
  it('makes one server with every connected app for the user that is named', async () => {
    expect(await get()).toEqual({ ...unset, connected_user_count: 3 });
    const { status, body } = await put({ user_id: ' user-1 ' });
    const [server] = project().servers;
    expect(server).toMatchObject({
      name: `crewship-${owner.workspaceId.slice(-8)}-default`,
      auth_config_ids: ['ac_github', 'ac_slack', 'ac_gmail'],
      allowed_tools: [],
    });
    const stands = { ...unset, default_user_id: 'user-1', default_mcp_server_id: server?.id, connected_user_count: 3 };
    expect([status, body, await get()]).toEqual([200, stands, stands]);
  });

  it('again brings its apps up to date, and keeps the user', async () => {
    await put({ user_id: 'user-1' });
    project().authConfigs = project().authConfigs.filter(({ id }) => id !== 'ac_slack');
    expect((await put()).body.default_user_id).toBe('user-1');
    expect(project().servers.map(({ auth_config_ids }) => auth_config_ids)).toEqual([['ac_github', 'ac_gmail']]);
  });

  it('reports when that fails', async () => {
    await put({ user_id: 'user-1' });
    project().authConfigs.pop();
    world.stub.disturb('mcp.update', { status: 503 });
    expect(await put()).toMatchObject({
      status: 502,
      body: { detail: expect.stringContaining('update mcp server failed with HTTP 503') },
    });
  });

  it('takes the only user that there is, and asks for one where there are none or several', async () => {
    const severalUsers =
      'multiple Composio users connected; set one with `crewship integration composio default set <user_id>`';
    expect(await put({})).toMatchObject({ status: 400, body: { detail: severalUsers } });
    project().accounts = [];
    expect((await put()).body.detail).toBe('no Composio accounts connected; connect an account first');
    project().accounts = [accountOf('ca_1', 'only', 'gmail'), accountOf('ca_2', 'only', 'slack')];
    expect((await put()).body).toMatchObject({ default_user_id: 'only', connected_user_count: 1 });
  });

  it.each([
    ['nothing', '', 200],
    ['no JSON', '{"user_id": "user-', 200],
    ['a text', 'user-2', 200],
    ['a list', '["user-2"]', 200],
    ['null', 'null', 200],
    ['a user that is a number', '{"user_id": 2}', 400],
  ])('takes a body that is %s as it is meant', async (_what, body, expected) => {
    await put({ user_id: 'user-1' });
    const headers = { 'X-Workspace-ID': owner.workspaceId, 'Content-Type': 'application/json' };
    const path = '/api/v1/integrations/composio/default';
    const { status } = await world.test.call(path, { method: 'PUT', token: owner.token, headers, body });
    expect([status, (await get()).default_user_id]).toEqual([expected, 'user-1']);
  });

  it('needs a connected app, a key and an administrator', async () => {
    project().authConfigs = [];
    expect((await put({ user_id: 'u' })).body.detail).toBe('no connected apps; connect an app first');
    const bare = await world.workspace(null);
    expect((await world.call(bare.owner, 'PUT', '/default')).body.detail).toBe(
      'Composio is not configured (set an API key first)',
    );
    const manager = await world.test.seed.member(owner.workspaceId, 'MANAGER');
    expect((await world.call(manager, 'PUT', '/default', {})).status).toBe(403);
    expect((await world.call(manager, 'GET', '/default')).status).toBe(200);
  });

  it('tells a key of the same project from one of another', async () => {
    await put({ user_id: 'user-1' });
    const rotated = 'ak_rotated_in_project';
    world.stub.projects.set(rotated, project());
    await world.call(owner, 'PUT', '/settings', { api_key: rotated });
    expect(await get()).toMatchObject({ project_changed: false });
    await world.call(owner, 'PUT', '/settings', { api_key: otherKey });
    expect(await get()).toMatchObject({ project_changed: true, default_user_id: 'user-1' });
    const left = project().servers[0]?.id;
    await put();
    expect(await get()).toMatchObject({ project_changed: false });
    expect(world.stub.project(otherKey).servers).toHaveLength(1);
    const leftovers = await world.call<object[]>(owner, 'GET', '/leftovers');
    expect(leftovers.body).toMatchObject([
      { mcp_server_id: left, last_error: expect.stringContaining('another Composio project') },
    ]);
    world.stub.projects.delete(rotated);
  });

  it('can be taken away, with its server at Composio, with or without a key', async () => {
    await put({ user_id: 'user-1' });
    const manager = await world.test.seed.member(owner.workspaceId, 'MANAGER');
    expect((await world.call(manager, 'DELETE', '/default')).status).toBe(403);
    for (let time = 0; time < 2; time += 1) {
      expect(await world.call(owner, 'DELETE', '/default')).toEqual({
        status: 200,
        body: { ...unset, connected_user_count: 3 },
      });
      expect([await names(), project().servers]).toEqual([['legacy'], []]);
    }
    await put({ user_id: 'user-1' });
    await world.call(owner, 'DELETE', '/settings');
    expect((await world.call(owner, 'DELETE', '/default')).body).toEqual({ ...unset, connected_user_count: 0 });
    expect((await world.call<object[]>(owner, 'GET', '/leftovers')).body).toHaveLength(1);
    const where = { workspaceId: owner.workspaceId, action: 'composio_default.delete' };
    expect(await world.test.prisma.client.auditLog.count({ where })).toBe(2);
  });

  it('goes with the key: nothing is armed when one is set again, and its server at Composio stays known until it is gone', async () => {
    await put({ user_id: 'user-1' });
    const [server] = project().servers;
    await world.call(owner, 'DELETE', '/settings');
    expect(await get()).toEqual({ ...unset, connected_user_count: 0 });
    const leftovers = () => world.call<object[]>(owner, 'GET', '/leftovers').then(({ body }) => body);
    expect(await leftovers()).toMatchObject([{ mcp_server_id: server?.id }]);
    await world.call(owner, 'PUT', '/settings', { api_key: key });
    expect([await get(), await names()]).toEqual([{ ...unset, connected_user_count: 3 }, ['legacy']]);
    await world.sweep();
    expect([project().servers, await leftovers()]).toEqual([[], []]);
    const where = { workspaceId: owner.workspaceId, action: 'composio_default.delete' };
    expect(await world.test.prisma.client.auditLog.count({ where })).toBe(1);
  });

  it('goes with the key also where it is set up at the same moment', async () => {
    await put({ user_id: 'user-1' });
    const { client } = world.test.prisma;
    const where = { workspaceId: owner.workspaceId };
    const select = { defaultUserId: true, defaultServerId: true, defaultEndpoint: true, defaultKeyId: true };
    const set = await client.composioWorkspace.findUniqueOrThrow({ where, select });
    const none = { defaultUserId: null, defaultServerId: null, defaultEndpoint: null, defaultKeyId: null };
    await client.composioWorkspace.update({ where, data: none });
    // The last step of setting it up, which is not committed yet.
    const removal = await client.$transaction(async (meanwhile) => {
      await meanwhile.composioWorkspace.update({ where, data: set });
      const running = world.call(owner, 'DELETE', '/settings');
      await lockWaiters(world.test, 1);
      return { running };
    });
    expect((await removal.running).status).toBe(200);
    expect(await client.composioWorkspace.findUniqueOrThrow({ where, select })).toEqual(none);
  });

  it('counts no user where Composio does not answer', async () => {
    world.stub.disturb('connectedAccounts.list', { status: 500, times: 9 });
    expect(await get()).toEqual({ ...unset, connected_user_count: 0 });
  });
});

describe('an agent under the default connector', () => {
  beforeEach(async () => {
    await put({ user_id: 'user-1' });
  });

  it('gets it in place of every other server, in what people see and in what its runtime gets', async () => {
    const endpoint = `${world.stub.url}/v3/mcp/${project().servers[0]?.id}/mcp?user_id=user-1`;
    expect(await world.resolved(owner, agentId)).toMatchObject([{ name: 'composio-default', endpoint }]);
    const { mcp_servers } = await world.runtime(agentId);
    expect(mcp_servers).toMatchObject([
      { name: 'composio-default', ready: true, endpoint, headers: { 'x-api-key': key } },
    ]);
    const { not_offered } = await world.explained(owner, agentId);
    expect(not_offered).toMatchObject([
      { name: 'legacy', rule: 'default_connector_only', reason: expect.stringContaining('default connector is on') },
    ]);
  });

  it('keeps its own apps instead, and gets nothing in their place when their binding is switched off', async () => {
    await world.bind(owner, agentId, { user_id: 'u', toolkits: ['gmail'] });
    expect(await names()).toEqual([`composio-${agentId}-gmail`]);
    await world.test.prisma.client.agentBinding.updateMany({ where: { agentId }, data: { enabled: false } });
    expect([await names(), (await world.runtime(agentId)).mcp_servers]).toEqual([[], []]);
    await world.test.prisma.client.agentBinding.deleteMany({ where: { agentId } });
    expect(await names()).toEqual([]);
    await world.unbind(owner, agentId);
    expect(await names()).toEqual(['composio-default']);
  });

  it('gets nothing once it has opted out, until that ends', async () => {
    expect((await world.call(owner, 'PUT', `/agents/${agentId}/opt-out`)).body).toEqual({
      agent_id: agentId,
      opted_out: true,
    });
    expect(await names()).toEqual([]);
    const { not_offered } = await world.explained(owner, agentId);
    expect(not_offered.map(({ rule }) => rule)).toEqual(['managed_opted_out', 'default_connector_only']);
    expect(await world.bind(owner, agentId, { user_id: 'u' })).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('/opt-out') },
    });
    await world.call(owner, 'DELETE', `/agents/${agentId}/opt-out`);
    expect(await names()).toEqual(['composio-default']);
  });

  it('keeps its other servers while there is no key, and explain says why', async () => {
    // As when the key was the server's and it was started without.
    await world.test.prisma.client.composioSettings.delete({ where: { workspaceId: owner.workspaceId } });
    expect(await names()).toEqual(['legacy']);
    expect((await world.explained(owner, agentId)).warnings).toMatchObject([{ code: 'default_connector_off' }]);
    await world.call(owner, 'PUT', '/settings', { api_key: key });
    expect(await names()).toEqual(['composio-default']);
  });

  it('costs no further statement and asks nothing at Composio', async () => {
    await world.test.seed.integration(owner.workspaceId);
    const calls = world.stub.calls.length;
    const cold = await countQueries(() => world.resolved(owner, agentId));
    const warm = await countQueries(() => world.resolved(owner, agentId));
    expect([cold.statements.length, warm.statements.length, world.stub.calls.length - calls]).toEqual([2, 1, 0]);
  });

  it('keeps its other servers on a process that is not armed, whose answers have tags of their own', async () => {
    const there = await startTestApp({ env: envOf(world.stub), database: world.test.database });
    const ask = async (url: string) => {
      const headers = { authorization: `Bearer ${owner.token}`, 'x-workspace-id': owner.workspaceId };
      const response = await fetch(`${url}/api/v1/agents/${agentId}/integrations/resolved`, { headers });
      const servers = (await response.json()) as { name: string }[];
      return { tag: response.headers.get('etag'), names: servers.map(({ name }) => name) };
    };
    const [armed, unarmed] = [await ask(world.test.url), await ask(there.url)];
    await there.close();
    expect([armed.names, unarmed.names]).toEqual([['composio-default'], ['legacy']]);
    expect(armed.tag).not.toBe(unarmed.tag);
  });
});
