import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SeededMember } from '#testing';
import { type ComposioWorld, key, startComposioWorld } from './composio-world.fixture.js';

const envKey = 'ak_environment_0123';
const rotatedKey = 'ak_rotated_0123456';

let world: ComposioWorld;
let owner: SeededMember;
let agentId: string;
let keyId: string;

beforeAll(async () => {
  world = await startComposioWorld({ env: { COMPOSIO_API_KEY: envKey }, keys: [envKey, rotatedKey] });
});
beforeEach(async () => {
  world.stub.reset();
  ({ owner, agentId } = await world.workspace(null));
  await world.bind(owner, agentId, { user_id: 'u', toolkits: ['gmail'] });
  const where = { workspaceId: owner.workspaceId, managedBy: 'composio' };
  keyId = (await world.test.prisma.client.credential.findFirstOrThrow({ where })).id;
});
afterAll(() => world.close());

const sent = async () => (await world.runtime(agentId)).mcp_servers[0]?.headers;
const call = async (method: string, path: string, json?: unknown) => {
  const headers = { 'X-Workspace-ID': owner.workspaceId };
  const response = await world.test.call(`/api/v1${path}`, { method, token: owner.token, headers, json });
  return { status: response.status, body: (await response.json()) as { code?: string } };
};

describe('the key that an agent’s apps are used with', () => {
  it('is the one that counts at that moment, for agents that were bound before', async () => {
    expect(await sent()).toEqual({ 'x-api-key': envKey });
    await world.call(owner, 'PUT', '/settings', { api_key: key });
    expect(await sent()).toEqual({ 'x-api-key': key });
    await world.call(owner, 'DELETE', '/settings');
    expect(await sent()).toEqual({ 'x-api-key': envKey });
  });

  it('is told apart from one that was rotated in its project when it leads to another, until the apps are bound again', async () => {
    const hasChanged = async () => {
      const { body } = await world.call<{ project_changed: boolean }>(owner, 'GET', `/agents/${agentId}/bind`);
      return body.project_changed;
    };
    const asked = () => world.stub.count('mcp.list');
    const before = asked();
    expect([await hasChanged(), asked() - before]).toEqual([false, 0]);
    world.stub.projects.set(rotatedKey, world.stub.project(envKey));
    await world.call(owner, 'PUT', '/settings', { api_key: rotatedKey });
    expect([await hasChanged(), asked() - before]).toEqual([false, 1]);
    await world.call(owner, 'PUT', '/settings', { api_key: key });
    expect(await hasChanged()).toBe(true);
    world.stub.disturb('mcp.list', { status: 400 });
    expect(await hasChanged()).toBe(false);
    await world.bind(owner, agentId, { user_id: 'u', toolkits: ['gmail'] });
    expect(await hasChanged()).toBe(false);
  });

  it('of the environment is never copied into a row', async () => {
    await world.call(owner, 'PUT', '/default', { user_id: 'u' });
    const { client } = world.test.prisma;
    const where = { workspaceId: owner.workspaceId };
    expect(await client.composioSettings.count({ where })).toBe(0);
    const row = await client.credential.findFirstOrThrow({ where });
    expect(row).toMatchObject({ name: 'composio-managed-key', type: 'API_KEY', provider: 'CUSTOM', sealedValue: null });
    expect((await world.call(owner, 'GET', '/settings')).body).toEqual({ configured: true, source: 'env' });
  });

  it('goes to servers at Composio only, whoever names its credential elsewhere', async () => {
    const { client } = world.test.prisma;
    const { workspaceId } = owner;
    const crewId = await world.test.seed.crew(workspaceId);
    await client.agent.update({ where: { id: agentId }, data: { crewId } });
    const app = await client.workspaceIntegration.findFirstOrThrow({ where: { workspaceId } });
    const endpoint = 'https://thief.example.com/mcp';
    const linked = { name: 'mine', workspaceIntegrationId: app.id, transport: 'streamable-http', endpoint };
    await world.test.seed.crewIntegration(workspaceId, crewId, linked);
    const thief = await world.test.seed.integration(workspaceId, { name: 'thief', endpoint });
    await world.test.seed.binding(workspaceId, agentId, { workspaceIntegrationId: thief }, { credentialId: keyId });
    await world.test.seed.integration(workspaceId, {
      name: 'by-name',
      endpoint,
      configJson: '{"headers":{"X-Stolen":"{{credential:composio-managed-key}}"}}',
    });
    const { mcp_servers } = await world.runtime(agentId);
    expect(mcp_servers.map(({ name, ready }) => [name, ready])).toEqual([
      ['by-name', false],
      ['mine', false],
      ['thief', false],
    ]);
    expect(JSON.stringify(mcp_servers)).not.toContain(envKey);
  });

  it('is changed where it is kept, not by the operations on its credential', async () => {
    const refused = await Promise.all([
      call('PATCH', `/credentials/${keyId}`, { value: 'another' }),
      call('DELETE', `/credentials/${keyId}`),
      call('POST', `/credentials/${keyId}/rotate`, { value: 'another' }),
      call('POST', `/credentials/${keyId}/revoke`, {}),
      call('POST', `/agents/${agentId}/credentials`, { credential_id: keyId, env_var_name: 'KEY' }),
    ]);
    expect(refused.map(({ status, body }) => [status, body.code])).toEqual([
      [409, 'credential.managed'],
      [409, 'credential.managed'],
      [409, 'credential.managed'],
      [409, 'credential.managed'],
      [409, 'agent_credential.credential_managed'],
    ]);
    const server = { name: 's', endpoint: 'https://mcp.example.com/mcp', credential_id: keyId };
    expect((await call('POST', '/integrations', server)).status).toBe(400);
    expect(await sent()).toEqual({ 'x-api-key': envKey });
  });
});

describe('without any key', () => {
  it('an agent’s app is offered with that state, is not ready, and both say what to do', async () => {
    const bare = await startComposioWorld({ env: {} });
    const made = await bare.workspace();
    await bare.bind(made.owner, made.agentId, { user_id: 'u', toolkits: ['gmail'] });
    await bare.call(made.owner, 'DELETE', '/settings');
    const { servers } = await bare.explained(made.owner, made.agentId);
    expect(servers).toMatchObject([
      { credential: { state: 'missing', reason: expect.stringContaining('No Composio API key') } },
    ]);
    const { mcp_servers } = await bare.runtime(made.agentId);
    expect(mcp_servers).toMatchObject([
      { ready: false, headers: {}, problems: [{ message: expect.stringContaining('no Composio API key is set') }] },
    ]);
    await bare.close();
  });
});
