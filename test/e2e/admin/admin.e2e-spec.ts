import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SeededMember, startTestApp, type TestApp } from '#testing';

const paths = ['stats', 'users', 'workspaces', 'keeper/requests'].map((name) => `/api/v1/admin/${name}`);

describe('administration of a workspace', () => {
  let test: TestApp;
  let owner: SeededMember;

  beforeAll(async () => {
    test = await startTestApp();
    owner = await test.seed.workspace({ name: 'Acme', slug: 'acme' });
    test.clock.advanceMs(1_000);
    const deletedAt = test.clock.now();
    await test.seed.crew(owner.workspaceId);
    await test.seed.crew(owner.workspaceId, { deletedAt });
    await test.seed.agent(owner.workspaceId, { status: 'RUNNING' });
    await test.seed.agent(owner.workspaceId);
    await test.seed.agent(owner.workspaceId, { status: 'RUNNING', deletedAt });
    await test.seed.agent((await test.seed.workspace()).workspaceId);
  });
  afterAll(() => test.close());

  it('counts the people, and the live crews and agents', async () => {
    const { data } = await test.as(owner).GET('/api/v1/admin/stats', {});
    expect(data).toEqual({ workspaces: 1, users: 1, crews: 1, agents: 2, running: 1 });
  });

  it('answers the one workspace with its counts', async () => {
    const { data } = await test.as(owner).GET('/api/v1/admin/workspaces', {});
    expect(data).toMatchObject([
      { id: owner.workspaceId, slug: 'acme', _count_members: 1, _count_agents: 2, _count_crews: 1 },
    ]);
  });

  it('lists the people, youngest account first', async () => {
    const member = await test.seed.member(owner.workspaceId, 'MEMBER');
    const { data, response } = await test.as(owner).GET('/api/v1/admin/users', {});
    expect(data?.map(({ id, role }) => ({ id, role }))).toEqual([
      { id: member.userId, role: 'MEMBER' },
      { id: owner.userId, role: 'OWNER' },
    ]);
    expect(data?.[0]?.workspace).toEqual({ id: owner.workspaceId, name: 'Acme', slug: 'acme' });
    expect(response.headers.get('X-Total-Count')).toBe('2');
  });

  it('has no keeper requests, since there is no keeper', async () => {
    expect((await test.as(owner).GET('/api/v1/admin/keeper/requests', {})).data).toEqual([]);
  });

  it.each(paths)('keeps %s for the owner', async (path) => {
    for (const role of ['ADMIN', 'MANAGER', 'MEMBER', 'VIEWER'] as const) {
      const low = await test.seed.member(owner.workspaceId, role);
      const response = await test.call(`${path}?workspace_id=${owner.workspaceId}`, { token: low.token });
      expect(response.status).toBe(403);
    }
    expect((await test.call(path, { token: owner.token })).status).toBe(400);
    expect((await test.call(`${path}?workspace_id=acme`)).status).toBe(401);
  });
});
