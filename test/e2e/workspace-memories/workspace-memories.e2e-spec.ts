import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SeededMember, startTestApp, type TestApp } from '#testing';

const path = '/api/v1/workspaces/{workspaceId}/memories';
const one = '/api/v1/workspaces/{workspaceId}/memories/{memoryId}';

describe('what a workspace remembers', () => {
  let test: TestApp;
  let owner: SeededMember;

  beforeAll(async () => {
    test = await startTestApp({ env: { CREWSHIP_RATELIMIT_DISABLED: 'true' } });
    owner = await test.seed.workspace();
  });
  afterAll(() => test.close());

  const at = ({ workspaceId }: SeededMember) => ({ params: { path: { workspaceId } } });
  const add = (body: { content: string; scope?: 'LOCAL' | 'TEAM' | 'GLOBAL'; namespace?: string }, by = owner) =>
    test.as(by).POST(path, { ...at(by), body });
  const remove = (by: SeededMember, memoryId: string) =>
    test.as(by).DELETE(one, { params: { path: { workspaceId: by.workspaceId, memoryId } } });

  it('is added, listed newest first, filtered and forgotten', async () => {
    const mine = await test.seed.workspace();
    const first = (await add({ content: 'First' }, mine)).data;
    expect(first).toMatchObject({ content: 'First', scope: 'LOCAL', namespace: 'general' });
    test.clock.advanceMs(1_000);
    await add({ content: 'Second', scope: 'TEAM', namespace: 'release' }, mine);
    const { data, response } = await test.as(mine).GET(path, at(mine));
    expect(data?.map(({ content }) => content)).toEqual(['Second', 'First']);
    expect(response.headers.get('x-total-count')).toBe('2');
    const query = { scope: 'TEAM' as const, namespace: 'release' };
    const filtered = await test.as(mine).GET(path, { params: { ...at(mine).params, query } });
    expect(filtered.data?.map(({ content }) => content)).toEqual(['Second']);
    expect((await remove(mine, first?.id ?? '')).data).toEqual({ status: 'deleted' });
    const again = await remove(mine, first?.id ?? '');
    expect([again.response.status, again.error?.detail]).toEqual([404, 'memory not found']);
    const audit = await test.prisma.client.auditLog.findMany({
      where: { entityId: first?.id ?? '' },
      orderBy: { id: 'asc' },
    });
    expect(audit.map(({ action }) => action)).toEqual(['memory.create', 'memory.delete']);
    expect(JSON.stringify(audit)).not.toContain('First');
  });

  it('never holds what looks like a secret', async () => {
    const token = `ghp_${'a1B2'.repeat(9)}`;
    const { data } = await add({ content: `Use ${token} for GitHub` });
    expect(data?.content).toBe('Use *** for GitHub');
    const rows = await test.prisma.client.$queryRaw`SELECT to_jsonb(m)::text AS row FROM workspace_memories m`;
    expect([JSON.stringify(rows), ...test.logs].join()).not.toContain(token);
  });

  it('is at most 100000 bytes long', async () => {
    expect((await add({ content: 'é'.repeat(50_000) })).response.status).toBe(201);
    const long = await add({ content: 'é'.repeat(50_001) });
    expect([long.response.status, long.error?.detail]).toEqual([400, 'content must be at most 100000 bytes long']);
    expect((await add({ content: '' })).error?.detail).toBe('content is required');
  });

  it('is shown and changed by a workspace token within its scopes', async () => {
    const { workspaceId } = owner;
    const mint = async (scopes: string[]) => {
      const body = { kind: 'workspace' as const, scopes };
      return (await test.as(owner).POST('/api/v1/workspaces/{workspaceId}/tokens', { ...at(owner), body })).data
        ?.auth_token;
    };
    const call = (token: string | undefined, method: string, id = workspaceId) =>
      test.call(`/api/v1/workspaces/${id}/memories`, {
        method,
        ...(token !== undefined && { token }),
        ...(method === 'POST' && { json: { content: 'by an agent' } }),
      });
    const [reader, writer] = [await mint(['memories:read']), await mint(['memories:write'])];
    const statuses = await Promise.all([
      call(reader, 'GET'),
      call(reader, 'POST'),
      call(writer, 'GET'),
      call(writer, 'POST'),
      call(writer, 'GET', (await test.seed.workspace()).workspaceId),
    ]);
    expect(statuses.map(({ status }) => status)).toEqual([200, 403, 200, 201, 401]);
  });

  it('is another workspace’s secret', async () => {
    const theirs = await test.seed.workspace();
    const { data } = await add({ content: 'theirs' }, theirs);
    const foreign = await remove(owner, data?.id ?? '');
    const missing = await remove(owner, 'cmwrnothing0000000000000');
    const bytes = ({ error }: typeof foreign) => ({ ...error, request_id: '', instance: '' });
    expect([foreign.response.status, bytes(foreign)]).toEqual([404, bytes(missing)]);
  });
});
