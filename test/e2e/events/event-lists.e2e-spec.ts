import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SeededMember, startTestApp, type TestApp } from '#testing';
import { workspaceToken } from '../approvals/approvals.fixture.js';
import { publisher } from './stream.fixture.js';

let test: TestApp;
let owner: SeededMember;

beforeAll(async () => {
  test = await startTestApp();
  owner = await test.seed.workspace();
});

afterAll(() => test.close());

type Listed = { type: string; event_type: string; agent_id: string | null; payload: Record<string, unknown> };
const path = () => `/api/v1/workspaces/${owner.workspaceId}/events`;
const read = async (url: string, token = owner.token): Promise<Listed[]> =>
  (await (await test.call(url, { token })).json()) as Listed[];
const post = async (url: string, json: object): Promise<{ id: string }> =>
  (await (await test.call(url, { method: 'POST', token: owner.token, json })).json()) as { id: string };

describe('the list of a workspace’s events', () => {
  it('has the newest first, in pages', async () => {
    await publisher(test, owner.workspaceId)(1, 2, 3);
    const response = await test.call(`${path()}?limit=2`, { token: owner.token });
    expect(response.headers.get('x-total-count')).toBe('3');
    expect(((await response.json()) as Listed[]).map(({ payload }) => payload.n)).toEqual([3, 2]);
    expect((await read(`${path()}?limit=2&offset=2`)).map(({ payload }) => payload.n)).toEqual([1]);
  });

  it('tells changes of servers, bindings and credentials, and nothing of their values', async () => {
    const workspace = `workspace_id=${owner.workspaceId}`;
    const agentId = await test.seed.agent(owner.workspaceId);
    const secret = 'ghp_0123456789abcdefghijklmnopqrstuvwxyz';
    const server = await post(`/api/v1/integrations?${workspace}`, {
      name: 'github',
      display_name: 'GitHub',
      transport: 'streamable-http',
      endpoint: 'https://mcp.example.com/mcp',
      env_json: JSON.stringify({ GITHUB_TOKEN: secret }),
    });
    const credential = await post(`/api/v1/credentials?${workspace}`, { name: 'hidden-name', value: secret });
    const change = { method: 'PATCH', token: owner.token, json: { enabled: false } };
    await test.call(`/api/v1/integrations/${server.id}?${workspace}`, change);
    await post(`/api/v1/agents/${agentId}/integrations?${workspace}`, {
      mcp_server_id: server.id,
      mcp_server_scope: 'workspace',
    });
    await test.call(`/api/v1/integrations/${server.id}?${workspace}`, { method: 'DELETE', token: owner.token });
    const events = (await read(path())).filter(({ type }) => type !== 'run.started').reverse();
    expect(events.map(({ type, payload }) => [type, payload.id])).toEqual(
      expect.arrayContaining([
        ['integration.created', server.id],
        ['credential.created', credential.id],
        ['integration.updated', server.id],
        ['integration.deleted', server.id],
      ]),
    );
    expect(events.some(({ type, agent_id }) => type === 'agent_binding.created' && agent_id === agentId)).toBe(true);
    expect(JSON.stringify(events)).not.toContain(secret);
    expect(JSON.stringify(events)).not.toContain('hidden-name');
    expect((await read(`${path()}?type=integration.created`)).map(({ type }) => type)).toEqual(['integration.created']);
    expect((await read(`${path()}?agent_id=${agentId}`)).every(({ agent_id }) => agent_id === agentId)).toBe(true);
  });

  it('is for members and tokens that may read events, and takes known types only', async () => {
    const stranger = await test.seed.workspace();
    const viewer = await test.seed.member(owner.workspaceId, 'VIEWER');
    const status = async (url: string, token?: string) => (await test.call(url, token ? { token } : {})).status;
    expect(await status(path())).toBe(401);
    expect(await status(path(), stranger.token)).toBe(404);
    expect(await status(path(), viewer.token)).toBe(200);
    expect(await status(path(), await workspaceToken(test, owner, ['events:read']))).toBe(200);
    expect(await status(path(), await workspaceToken(test, owner, ['approvals:read']))).toBe(403);
    expect(await status(`${path()}?type=nonsense`, owner.token)).toBe(400);
  });
});

describe('the list of the instance’s events', () => {
  it('has the last hundred of all workspaces, for the administrator alone', async () => {
    const other = await test.seed.workspace();
    await publisher(test, other.workspaceId)(...Array.from({ length: 120 }, (_, n) => n));
    const admin = await test.seed.user({ instanceAdmin: true });
    const events = await read('/api/v1/events', admin.token);
    expect(events).toHaveLength(100);
    expect(events[0]).toMatchObject({
      event_type: 'run.started',
      workspace_id: other.workspaceId,
      payload: { n: 119 },
    });
    expect((await test.call('/api/v1/events', { token: owner.token })).status).toBe(403);
  });
});
