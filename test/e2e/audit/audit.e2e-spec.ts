import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SeededMember, startTestApp, type TestApp } from '#testing';

const path = '/api/v1/audit';

describe('the audit log', () => {
  let test: TestApp;
  let owner: SeededMember;
  let start: Date;

  beforeAll(async () => {
    test = await startTestApp();
    owner = await test.seed.workspace();
    start = test.clock.now();
    const other = await test.seed.workspace();
    await record(other.workspaceId, { action: 'crew.create' });
    await record(owner.workspaceId, { action: 'workspace.update', entityType: 'WORKSPACE' });
    await record(owner.workspaceId, {
      action: 'crew.create',
      entityType: 'CREW',
      entityId: 'crew-1',
      entityName: 'Ops',
    });
    await record(owner.workspaceId, { action: 'credential.create', entityType: 'CREDENTIAL', userId: null });
  });
  afterAll(() => test.close());

  const record = async (workspaceId: string, values: Record<string, string | null>) => {
    test.clock.advanceMs(1_000);
    const now = test.clock.now();
    await test.prisma.client.auditLog.create({
      data: {
        id: `audit-${now.getTime()}`,
        workspaceId,
        userId: owner.userId,
        actorType: 'user',
        action: 'x.y',
        entityType: 'X',
        metadata: { name: { from: 'a', to: 'b' } },
        ipAddress: '127.0.0.1',
        userAgent: 'tests',
        createdAt: now,
        ...values,
      },
    });
  };
  const read = async (query: Record<string, string>) => {
    const { data } = await test.as(owner).GET(path, { params: { query } });
    return data?.data.map((row) => row.action);
  };

  it('answers the workspace’s own rows, newest first, with the person and a page', async () => {
    const { data } = await test.as(owner).GET(path, {});
    expect(data?.pagination).toEqual({ page: 1, limit: 50, total: 3, total_pages: 1 });
    expect(data?.data.map((row) => row.action)).toEqual(['credential.create', 'crew.create', 'workspace.update']);
    expect(data?.data[1]).toMatchObject({
      workspace_id: owner.workspaceId,
      user_id: owner.userId,
      user_email: owner.email,
      user_name: 'Test User',
      entity_id: 'crew-1',
      entity_name: 'Ops',
      metadata: '{"name":{"to":"b","from":"a"}}',
      ip_address: '127.0.0.1',
      user_agent: 'tests',
    });
    expect(data?.data[0]).not.toHaveProperty('user_email');
    expect(data?.data[0]).not.toHaveProperty('entity_name');
  });

  it('is read in pages, by number or by offset', async () => {
    const paged = await test.as(owner).GET(path, { params: { query: { limit: 2, page: 2 } } });
    expect(paged.data?.data.map((row) => row.action)).toEqual(['workspace.update']);
    expect(paged.data?.pagination).toEqual({ page: 2, limit: 2, total: 3, total_pages: 2 });
    expect(paged.response.headers.get('x-total-count')).toBe('3');
    expect(paged.response.headers.get('link')).toContain('limit=2&offset=0>; rel="prev"');
    const skipped = await test.as(owner).GET(path, { params: { query: { limit: 2, offset: 1 } } });
    expect(skipped.data?.data.map((row) => row.action)).toEqual(['crew.create', 'workspace.update']);
  });

  it('is narrowed by what was done, to what, by whom and in which group', async () => {
    expect(await read({ action: 'crew.create' })).toEqual(['crew.create']);
    expect(await read({ entity_type: 'crew' })).toEqual(['crew.create']);
    expect(await read({ entity_type: 'CREW', entity_id: 'crew-1' })).toEqual(['crew.create']);
    expect(await read({ user_id: owner.userId })).toEqual(['crew.create', 'workspace.update']);
    expect(await read({ source: 'workspace' })).toEqual(['workspace.update']);
    expect(await read({ source: 'crews' })).toEqual(['crew.create']);
    expect(await read({ source: 'credentials' })).toEqual(['credential.create']);
    expect(await read({ source: 'keeper' })).toEqual([]);
  });

  it('is searched in actions, types, emails and names, without patterns', async () => {
    expect(await read({ search: 'CREDENT' })).toEqual(['credential.create']);
    expect(await read({ search: owner.email.toUpperCase() })).toEqual(['crew.create', 'workspace.update']);
    expect(await read({ search: 'test user' })).toEqual(['crew.create', 'workspace.update']);
    expect(await read({ search: '%' })).toEqual([]);
  });

  it('is narrowed by inclusive instants, and by whole days', async () => {
    const second = new Date(start.getTime() + 3_000).toISOString();
    expect(await read({ date_from: second, date_to: second })).toEqual(['crew.create']);
    const tomorrow = new Date(start.getTime() + 86_400_000).toISOString().slice(0, 10);
    expect(await read({ date_to: tomorrow })).toHaveLength(3);
    expect(await read({ date_from: tomorrow, date_to: tomorrow })).toEqual([]);
  });

  it.each(['date_from=yesterday', 'date_to=2026-02-30', 'source=moon', `search=${'x'.repeat(201)}`])(
    'refuses %s',
    async (query) => {
      const response = await test.call(`${path}?workspace_id=${owner.workspaceId}&${query}`, { token: owner.token });
      expect(response.status).toBe(400);
    },
  );

  it.each(['MANAGER', 'MEMBER', 'VIEWER'] as const)('is not for a %s', async (role) => {
    const low = await test.seed.member(owner.workspaceId, role);
    expect((await test.as(low).GET(path, {})).response.status).toBe(403);
  });

  it('is not for strangers', async () => {
    const stranger = await test.seed.workspace();
    const there = { token: stranger.token, workspaceId: owner.workspaceId };
    expect((await test.as(there).GET(path, {})).response.status).toBe(403);
    expect((await test.as(null).GET(path, {})).response.status).toBe(401);
  });
});
