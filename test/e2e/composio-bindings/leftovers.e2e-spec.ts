import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SeededMember } from '#testing';
import { type ComposioWorld, key, startComposioWorld } from './composio-world.fixture.js';

const otherKey = 'ak_other_project_456';

let world: ComposioWorld;
let owner: SeededMember;
let agentId: string;

beforeAll(async () => {
  world = await startComposioWorld({ keys: [otherKey] });
});
beforeEach(async () => {
  world.stub.reset();
  ({ owner, agentId } = await world.workspace());
});
afterAll(() => world.close());

const setKey = (apiKey: string) => world.call(owner, 'PUT', '/settings', { api_key: apiKey });
const leftovers = async () =>
  (await world.call<{ id: string; failures: number; last_error: string | null }[]>(owner, 'GET', '/leftovers')).body;

describe('leftovers at Composio', () => {
  it('of a project whose key is gone can be dismissed, once, by an administrator of the workspace', async () => {
    await world.bind(owner, agentId, { user_id: 'u', toolkits: ['gmail'] });
    await setKey(otherKey);
    await world.unbind(owner, agentId);
    const [left] = await leftovers();
    expect(left?.last_error).toContain('another Composio project');
    const path = `/leftovers/${left?.id}`;
    const manager = await world.test.seed.member(owner.workspaceId, 'MANAGER');
    expect((await world.call(manager, 'DELETE', path)).status).toBe(403);
    const stranger = await world.workspace();
    expect((await world.call(stranger.owner, 'DELETE', path)).status).toBe(404);
    expect(await world.call(owner, 'DELETE', path)).toEqual({ status: 200, body: { status: 'deleted' } });
    expect(await world.call(owner, 'DELETE', path)).toMatchObject({
      status: 404,
      body: { detail: 'Leftover not found' },
    });
    expect([await leftovers(), world.stub.count('mcp.delete')]).toEqual([[], 1]);
    const where = { workspaceId: owner.workspaceId, action: 'composio_leftover.dismiss' };
    expect(await world.test.prisma.client.auditLog.findMany({ where })).toMatchObject([{ entityId: left?.id }]);
  });

  it('that an agent uses cannot be dismissed', async () => {
    await world.bind(owner, agentId, { user_id: 'u', toolkits: ['gmail'] });
    const where = { workspaceId: owner.workspaceId };
    const { id } = await world.test.prisma.client.composioServer.findFirstOrThrow({ where });
    expect((await world.call(owner, 'DELETE', `/leftovers/${id}`)).status).toBe(404);
    expect(await world.resolved(owner, agentId)).toHaveLength(1);
  });

  it('of which nobody knows whether they were made are kept when the key leads to another project', async () => {
    world.stub.disturb('mcp.create', { hangUp: true });
    await world.bind(owner, agentId, { user_id: 'u', toolkits: ['gmail'] });
    await setKey(otherKey);
    world.test.clock.advanceMs(11 * 60_000);
    await world.sweep();
    expect((await leftovers())[0]?.last_error).toContain('another Composio project');
    await setKey(key);
    world.test.clock.advanceMs(11 * 60_000);
    await world.sweep();
    expect(await leftovers()).toEqual([]);
  });

  it('wait for better times together: one that Composio does not answer for keeps nobody waiting for the next', async () => {
    await world.bind(owner, agentId, { user_id: 'u' });
    world.stub.disturb('mcp.delete', { hangUp: true });
    expect((await world.unbind(owner, agentId)).status).toBe(200);
    expect(world.stub.count('mcp.delete')).toBe(1);
    expect((await leftovers()).map(({ failures }) => failures)).toEqual([1, 0, 0]);
    expect((await world.call(owner, 'POST', '/leftovers/retry')).body).toEqual({ removed: 3, kept: 0 });
  });
});
