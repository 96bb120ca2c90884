import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type SeededMember, startTestApp, type TestApp } from '#testing';
import { WorkspaceRuntimesRepository } from '../../../apps/api/src/modules/workspace-runtimes/workspace-runtimes.repository.js';

const one = '/api/v1/workspaces/{workspaceId}/runtime';
const heartbeat = '/api/v1/workspaces/{workspaceId}/heartbeat';

describe('the runtime of a workspace', () => {
  let test: TestApp;
  let mine: SeededMember;

  beforeAll(async () => {
    test = await startTestApp({ env: { CREWSHIP_RATELIMIT_DISABLED: 'true' } });
    mine = await test.seed.workspace();
  });
  afterAll(() => test.close());

  const at = ({ workspaceId }: Pick<SeededMember, 'workspaceId'>) => ({ params: { path: { workspaceId } } });
  const get = async (by: SeededMember) => (await test.as(by).GET(one, at(by))).data;
  const change = (by: SeededMember, body: object) => test.as(by).PATCH(one, { ...at(by), body });
  // A workspace of the same owner.
  const siblingOf = async (owner: SeededMember) => {
    const { workspaceId, userId } = await test.seed.workspace();
    await test.prisma.client.workspaceMember.updateMany({
      where: { workspaceId, userId },
      data: { userId: owner.userId },
    });
    return { ...owner, workspaceId };
  };
  const sibling = () => siblingOf(mine);

  it('is the default until it is changed, and what was changed from then on', async () => {
    const fresh = await test.seed.workspace();
    expect(await get(fresh)).toEqual({
      workspace_id: fresh.workspaceId,
      parent_id: null,
      role: null,
      tier: 1,
      runtime: 'langgraph',
      model: null,
      status: 'online',
      max_concurrent_tasks: 1,
      active_tasks: 0,
      last_heartbeat_at: null,
      capabilities: { scheduler: false },
    });
    const { data, response } = await change(fresh, { runtime: 'claude-code', tier: 3, role: 'Support' });
    expect([response.status, data]).toEqual([200, { ...(await get(fresh)), runtime: 'claude-code', tier: 3 }]);
    expect((await change(fresh, { role: null })).data).toMatchObject({ role: null, runtime: 'claude-code' });
    const audited = await test.prisma.client.auditLog.count({ where: { action: 'workspace_runtime.update' } });
    await change(fresh, { tier: 3 });
    expect(await test.prisma.client.auditLog.count({ where: { action: 'workspace_runtime.update' } })).toBe(audited);
  });

  it('loses no heartbeat that is the first thing written while it is changed for the first time', async () => {
    const busy = await test.seed.workspace();
    const repository = test.app.get(WorkspaceRuntimesRepository, { strict: false });
    const find = repository.find.bind(repository);
    vi.spyOn(repository, 'find').mockImplementationOnce(async (scope) => {
      const before = await find(scope);
      await test.as(busy).POST(heartbeat, { ...at(busy), body: { active_tasks: 7 } });
      return before;
    });
    expect((await change(busy, { tier: 3 })).response.status).toBe(200);
    expect(await get(busy)).toMatchObject({ active_tasks: 7, tier: 3, last_heartbeat_at: expect.any(String) });
  });

  it.each([
    [{ tier: 5 }, 'tier must be a whole number from 0 to 4'],
    [{ max_concurrent_tasks: 0 }, 'max_concurrent_tasks must be a whole number from 1 to 1000'],
    [{ parent_id: 'nowhere' }, 'parent_id names no workspace that you manage'],
  ])('is not made %j', async (body, detail) => {
    const { error, response } = await change(mine, body);
    expect([response.status, error?.detail]).toEqual([400, detail]);
  });

  it('takes a parent that the caller manages, and no other', async () => {
    const parent = await sibling();
    expect((await change(mine, { parent_id: parent.workspaceId })).data?.parent_id).toBe(parent.workspaceId);
    const strangers = await test.seed.workspace();
    const refused = await change(mine, { parent_id: strangers.workspaceId });
    expect([refused.response.status, refused.error?.detail]).toEqual([
      400,
      'parent_id names no workspace that you manage',
    ]);
  });

  it('stays below a parent that the caller does not manage, whose plugin allow-list holds there', async () => {
    const [child, parent] = [await test.seed.workspace(), await test.seed.workspace()];
    await test.prisma.client.workspaceRuntime.create({
      data: {
        workspaceId: child.workspaceId,
        parentId: parent.workspaceId,
        createdAt: test.clock.now(),
        updatedAt: test.clock.now(),
      },
    });
    const { auth_token: token } = (await (
      await test.call(`/api/v1/workspaces/${child.workspaceId}/tokens`, { method: 'POST', token: child.token })
    ).json()) as { auth_token: string };
    const elsewhere = await siblingOf(child);
    for (const parent_id of [null, elsewhere.workspaceId]) {
      for (const by of [child.token, token]) {
        const path = one.replace('{workspaceId}', child.workspaceId);
        const response = await test.call(path, { method: 'PATCH', token: by, json: { parent_id } });
        expect([response.status, await response.json()]).toMatchObject([
          400,
          { code: 'workspace_runtime.parent_stays' },
        ]);
      }
    }
    expect((await change(child, { parent_id: parent.workspaceId, tier: 2 })).response.status).toBe(200);
    const data = { deletedAt: test.clock.now() };
    await test.prisma.client.workspace.update({ where: { id: parent.workspaceId }, data });
    expect((await change(child, { parent_id: null })).data?.parent_id).toBeNull();
  });

  it('makes no circle, not even by two changes at once', async () => {
    const [left, right] = [await sibling(), await sibling()];
    expect((await change(left, { parent_id: left.workspaceId })).response.status).toBe(400);
    const both = await Promise.all([
      change(left, { parent_id: right.workspaceId }),
      change(right, { parent_id: left.workspaceId }),
    ]);
    expect(both.map(({ response }) => response.status).sort()).toEqual([200, 400]);
  });

  it('is at most sixteen deep', async () => {
    const chain = [];
    for (let depth = 0; depth < 17; depth += 1) chain.push(await sibling());
    const statuses = [];
    for (let depth = 1; depth < 17; depth += 1) {
      const [parent, child] = [chain[depth - 1], chain[depth]];
      if (parent && child) statuses.push((await change(child, { parent_id: parent.workspaceId })).response.status);
    }
    expect(statuses).toEqual([...Array.from({ length: 15 }, () => 200), 400]);
  });

  it('hears how busy the agent is, from a member or a token of the workspace', async () => {
    const { auth_token: token } = (await (
      await test.call(`/api/v1/workspaces/${mine.workspaceId}/tokens`, { method: 'POST', token: mine.token })
    ).json()) as { auth_token: string };
    const path = heartbeat.replace('{workspaceId}', mine.workspaceId);
    const response = await test.call(path, { method: 'POST', token, json: { active_tasks: 3 } });
    expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }]);
    expect(await get(mine)).toMatchObject({
      active_tasks: 3,
      status: 'online',
      last_heartbeat_at: test.clock.now().toISOString(),
    });
    await test.call(path, { method: 'POST', token, json: { active_tasks: 0, capabilities: { scheduler: true } } });
    expect((await get(mine))?.capabilities).toEqual({ scheduler: true });
    const odd = { active_tasks: 0, capabilities: { scheduler: 'yes' } };
    const refused = await test.call(path, { method: 'POST', token, json: odd });
    expect([refused.status, await refused.json()]).toMatchObject([
      400,
      { errors: [{ field: 'capabilities.scheduler', message: 'scheduler must be true or false' }] },
    ]);
    const parent = await test.call(one.replace('{workspaceId}', mine.workspaceId), {
      method: 'PATCH',
      token,
      json: { parent_id: (await sibling()).workspaceId },
    });
    expect(parent.status).toBe(400);
  });
});
