import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SeededMember } from '#testing';
import { serverOf } from '../../counterparts/composio-stub/composio-project.js';
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
});
// So late that nothing is uncertain any more: no test sweeps up after another.
afterEach(async () => {
  world.test.clock.advanceMs(11 * 60_000);
  await world.sweep();
});
afterAll(() => world.close());

const servers = () => world.stub.project(key).servers;
const bind = (toolkits: string[]) => world.bind(owner, agentId, { user_id: 'u', toolkits });
const names = async () => (await world.resolved(owner, agentId)).map(({ name }) => name);
const leftovers = async () => (await world.call<Record<string, unknown>[]>(owner, 'GET', '/leftovers')).body;
const audited = async () => {
  const rows = await world.test.prisma.client.auditLog.findMany({
    where: { workspaceId: owner.workspaceId, action: { startsWith: 'composio_binding' } },
  });
  return rows.map(({ action, entityId, metadata }) => ({ action, entityId, metadata }));
};

describe('a bind that fails at Composio', () => {
  it('for the second app leaves what the agent had, and nothing of the first', async () => {
    await bind(['slack']);
    const before = servers().map(({ id }) => id);
    const refused = await bind(['gmail', 'nothing-like-this']);
    expect(refused.status).toBe(502);
    expect([await names(), servers().map(({ id }) => id)]).toEqual([[`composio-${agentId}-slack`], before]);
  });

  it.each([
    ['a server without an id', { status: 201, body: serverOf('', 'x', [], []) }],
    ['a refusal', { status: 400, body: { error: { message: 'no' } } }],
    ['a fault', { status: 500 }],
    ['a closed connection', { hangUp: true }],
  ])('with %s binds nothing and says so', async (_what, fault) => {
    world.stub.disturb('mcp.create', fault);
    const { status, body } = await bind(['gmail']);
    expect([status, body.detail?.startsWith('Composio')]).toEqual([502, true]);
    expect([await names(), servers()]).toEqual([[], []]);
  });

  it('with a server without an id says so in the words that clients know', async () => {
    world.stub.disturb('mcp.create', { status: 201, body: serverOf('', 'x', [], []) });
    expect((await bind(['gmail'])).body.detail).toBe(
      'Composio returned an MCP server without an id — retry, and check the server log if it persists',
    );
  });

  it('after an auth config was made for it says so in the audit log, and the next one uses that', async () => {
    world.stub.disturb('mcp.create', { status: 500 });
    expect((await bind(['linear'])).status).toBe(502);
    const made = world.stub.project(key).authConfigs.at(-1)?.id;
    const where = { workspaceId: owner.workspaceId, action: 'composio_auth_config.create' };
    expect(await world.test.prisma.client.auditLog.findMany({ where })).toMatchObject([
      { entityId: made, metadata: { toolkit: 'linear' } },
    ]);
    expect((await bind(['linear'])).status).toBe(200);
    expect(world.stub.count('authConfigs.create')).toBe(1);
  });

  it('after the server was made there finds and deletes it later, and no other', async () => {
    servers().push(serverOf('srv_of_somebody', 'crewship', ['ac_gmail'], []));
    world.stub.disturb('mcp.create', { status: 502 });
    await bind(['gmail']);
    const [row] = await leftovers();
    expect(row).toMatchObject({
      mcp_server_id: null,
      failures: 1,
      last_error: expect.stringContaining('not known yet'),
    });
    // Composio had made it all the same.
    servers().push(serverOf('srv_late', String(row?.name), ['ac_gmail'], []));
    world.test.clock.advanceMs(61_000);
    expect(await world.sweep()).toEqual({ removed: 1, kept: 0 });
    expect(servers().map(({ id }) => id)).toEqual(['srv_of_somebody']);
    expect(await leftovers()).toEqual([]);
  });
});

describe('a server at Composio that cannot be deleted', () => {
  it('keeps its row, which says why, is tried again with growing pauses, and does not fail the change', async () => {
    await bind(['gmail']);
    world.stub.disturb('mcp.delete', { status: 503, times: 2 });
    expect((await world.unbind(owner, agentId)).status).toBe(200);
    const [first] = await leftovers();
    expect(first).toMatchObject({
      toolkit: 'gmail',
      failures: 1,
      last_error: expect.stringContaining('delete mcp server failed with HTTP 503'),
    });
    expect(await world.sweep()).toEqual({ removed: 0, kept: 0 });
    world.test.clock.advanceMs(61_000);
    expect(await world.sweep()).toEqual({ removed: 0, kept: 1 });
    world.test.clock.advanceMs(121_000);
    expect(await world.sweep()).toEqual({ removed: 1, kept: 0 });
    expect([servers(), await leftovers()]).toEqual([[], []]);
  });

  it('is used again by the next bind of that app', async () => {
    await bind(['gmail']);
    world.stub.disturb('mcp.delete', { status: 503 });
    await world.unbind(owner, agentId);
    const [kept] = servers();
    expect((await bind(['gmail'])).status).toBe(200);
    expect([servers().map(({ id }) => id), await leftovers()]).toEqual([[kept?.id], []]);
  });

  it('counts as deleted when it is gone there', async () => {
    await bind(['gmail']);
    world.stub.project(key).servers = [];
    await world.unbind(owner, agentId);
    expect(await leftovers()).toEqual([]);
  });
});

describe('what was changed', () => {
  it('is in the audit log, without the key', async () => {
    await bind(['gmail', 'slack']);
    await bind(['gmail']);
    await world.unbind(owner, agentId);
    await world.call(owner, 'PUT', `/agents/${agentId}/opt-out`);
    const entries = await audited();
    expect(entries.map(({ action, entityId }) => [action, entityId]).sort()).toEqual([
      ['composio_binding.bind', agentId],
      ['composio_binding.bind', agentId],
      ['composio_binding.opt_out', agentId],
      ['composio_binding.unbind', agentId],
    ]);
    expect(entries.map(({ metadata }) => metadata)).toContainEqual({
      user_id: 'u',
      apps: [{ toolkit: 'gmail', mode: 'full', tools: 0 }],
      removed: ['slack'],
    });
    expect(`${JSON.stringify(entries)}${world.test.logs.join('')}`).not.toContain(key);
  });
});
