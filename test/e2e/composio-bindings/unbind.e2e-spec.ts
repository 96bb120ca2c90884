import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SeededMember } from '#testing';
import { type ComposioWorld, key, startComposioWorld } from './composio-world.fixture.js';

let world: ComposioWorld;
let owner: SeededMember;
let agentId: string;

beforeAll(async () => {
  world = await startComposioWorld();
});
beforeEach(async () => {
  world.stub.reset();
  ({ owner, agentId } = await world.workspace());
  await world.bind(owner, agentId, { user_id: 'u', toolkits: ['gmail', 'github'] });
});
afterAll(() => world.close());

const servers = () => world.stub.project(key).servers;
const names = async (id = agentId) => (await world.resolved(owner, id)).map(({ name }) => name);
const rows = () => world.test.prisma.client.workspaceIntegration.count({ where: { workspaceId: owner.workspaceId } });

describe('taking apps from an agent', () => {
  it('takes one, here and at Composio', async () => {
    expect(await world.unbind(owner, agentId, 'GitHub')).toMatchObject({ status: 200, body: { status: 'deleted' } });
    expect(await names()).toEqual([`composio-${agentId}-gmail`]);
    expect(servers().map(({ auth_config_ids }) => auth_config_ids)).toEqual([['ac_gmail']]);
  });

  it('takes all, and again counts as done', async () => {
    for (let time = 0; time < 2; time += 1) {
      expect((await world.unbind(owner, agentId)).status).toBe(200);
      expect([await rows(), servers()]).toEqual([0, []]);
    }
  });

  it('touches no other agent, also not one whose id begins alike', async () => {
    const near = `${agentId}-gmail`.slice(0, 60);
    await world.test.seed.agent(owner.workspaceId, { id: near });
    await world.bind(owner, near, { user_id: 'u', toolkits: ['slack'] });
    await world.unbind(owner, agentId);
    await world.bind(owner, agentId, { user_id: 'u', toolkits: ['gmail'] });
    expect(await names(near)).toEqual([`composio-${near}-slack`]);
  });

  it('works without a key: what is left at Composio is listed, and deleted once there is a key again', async () => {
    await world.call(owner, 'DELETE', '/settings');
    expect((await world.unbind(owner, agentId)).status).toBe(200);
    expect([await rows(), servers().length]).toEqual([0, 2]);
    const left = await world.call<{ last_error: string }[]>(owner, 'GET', '/leftovers');
    expect(left.body).toMatchObject([
      { failures: 1, last_error: expect.stringContaining('no Composio API key') },
      { failures: 1 },
    ]);
    expect((await world.call(owner, 'POST', '/leftovers/retry')).status).toBe(400);
    await world.call(owner, 'PUT', '/settings', { api_key: key });
    expect((await world.call(owner, 'POST', '/leftovers/retry')).body).toEqual({ removed: 2, kept: 0 });
    expect([servers(), (await world.call(owner, 'GET', '/leftovers')).body]).toEqual([[], []]);
  });
});

describe('deleting an agent', () => {
  it('takes its apps along at once, and its servers at Composio with the next sweep', async () => {
    const other = await world.test.seed.agent(owner.workspaceId);
    await world.bind(owner, other, { user_id: 'u', toolkits: ['gmail'] });
    const headers = { 'X-Workspace-ID': owner.workspaceId };
    const gone = await world.test.call(`/api/v1/agents/${agentId}`, { method: 'DELETE', token: owner.token, headers });
    expect(gone.status).toBeLessThan(300);
    expect([await rows(), servers().length]).toEqual([1, 2]);
    expect(await world.sweep()).toMatchObject({ kept: 0 });
    expect(servers().map(({ auth_config_ids }) => auth_config_ids)).toEqual([['ac_gmail']]);
    expect(await names(other)).toEqual([`composio-${other}-gmail`]);
  });
});

describe('the generic operations', () => {
  it('show an app’s integration and refuse to change or remove it', async () => {
    const call = async (method: string, path: string, json?: unknown) => {
      const headers = { 'X-Workspace-ID': owner.workspaceId };
      const response = await world.test.call(`/api/v1${path}`, { method, token: owner.token, headers, json });
      const body = (await response.json()) as { code?: string; detail?: string };
      return [response.status, body.code, body.detail?.includes('/api/v1/integrations/composio/')];
    };
    const row = await world.test.prisma.client.workspaceIntegration.findFirstOrThrow({
      where: { workspaceId: owner.workspaceId, originRef: 'gmail' },
    });
    const refused = [409, 'integration.managed', true];
    expect(await call('PATCH', `/integrations/${row.id}`, { endpoint: 'https://thief.example' })).toEqual(refused);
    expect(await call('DELETE', `/integrations/${row.id}`, {})).toEqual(refused);
    const other = await world.test.seed.agent(owner.workspaceId);
    const binding = { mcp_server_id: row.id, mcp_server_scope: 'workspace' };
    expect(await call('POST', `/agents/${other}/integrations`, binding)).toEqual([
      409,
      'agent_binding.server_managed',
      true,
    ]);
    expect(await names(other)).toEqual([]);
  });

  it('that delete or disable only the binding show the app to nobody', async () => {
    const other = await world.test.seed.agent(owner.workspaceId);
    const where = { agentId, workspaceIntegration: { originRef: 'gmail' } };
    await world.test.prisma.client.agentBinding.deleteMany({ where });
    expect(await names()).toEqual([`composio-${agentId}-github`]);
    expect(await names(other)).toEqual([]);
    const { body } = await world.call<{ bindings: object[] }>(owner, 'GET', `/agents/${agentId}/bind`);
    expect(body.bindings).toMatchObject([
      { toolkit: 'github', enabled: true },
      { toolkit: 'gmail', enabled: false },
    ]);
  });
});
