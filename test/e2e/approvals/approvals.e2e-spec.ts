import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type SeededMember, startTestApp, type TestApp } from '#testing';
import { ask, decide, eventsOf, workspaceBelow, workspaceToken } from './approvals.fixture.js';

let test: TestApp;
let owner: SeededMember;

beforeAll(async () => {
  test = await startTestApp();
});

beforeEach(async () => {
  owner = await test.seed.workspace();
});

afterAll(() => test.close());

const path = () => `/api/v1/workspaces/${owner.workspaceId}/approvals`;
const read = async <T>(url: string, token = owner.token): Promise<T> =>
  (await (await test.call(url, { token })).json()) as T;
const detailOf = async (response: Response): Promise<unknown> =>
  ((await response.json()) as { detail?: string }).detail;
const create = (json: unknown, token = owner.token) => test.call(path(), { method: 'POST', token, json });

describe('asking for an approval', () => {
  it('answers its id, tells the workspace and records who asked', async () => {
    const agentId = await test.seed.agent(owner.workspaceId);
    const response = await create({ action: 'Deploy', reason: 'Friday', task_id: 't-1', agent_id: agentId });
    expect(response.status).toBe(201);
    const { approval_id: id, ...rest } = (await response.json()) as Record<string, string>;
    const expires = new Date(test.clock.now().getTime() + 600_000).toISOString();
    expect(rest).toEqual({ status: 'pending', expires_at: expires });
    expect(await eventsOf(test, owner.workspaceId)).toEqual([
      { type: 'APPROVAL_REQUESTED', payload: { approval_id: id, action: 'Deploy', reason: 'Friday', task_id: 't-1' } },
    ]);
    const audit = await test.prisma.client.auditLog.findFirst({ where: { action: 'approval.create', entityId: id } });
    expect(audit?.userId).toBe(owner.userId);
  });

  it('makes one context of context, metadata and options', async () => {
    const json = { action: 'a', context: { a: 1, b: 1 }, metadata: { b: 2, c: 2 }, options: ['yes', 'no'] };
    const { approval_id } = (await (await create(json)).json()) as { approval_id: string };
    const approval = await read<{ context: unknown }>(`${path()}/${approval_id}`);
    expect(approval.context).toEqual({ a: 1, b: 1, c: 2, options: ['yes', 'no'] });
  });

  it.each([
    ['nothing', {}, 'invalid request body'],
    ['an empty action', { action: '' }, 'invalid request body'],
    ['an action that is no text', { action: 7 }, 'invalid request body'],
    ['an action that is too long', { action: 'x'.repeat(2_001) }, 'invalid request body'],
    ['a context that is no object', { action: 'a', context: [] }, 'context must be an object'],
    [
      'options that are neither list nor object',
      { action: 'a', options: 'x' },
      'options must be an array or an object',
    ],
    [
      'a life of 9 seconds',
      { action: 'a', expires_in_seconds: 9 },
      'expires_in_seconds must be a whole number from 10 to 604800',
    ],
    [
      'a life of eight days',
      { action: 'a', expires_in_seconds: 691_200 },
      'expires_in_seconds must be a whole number from 10 to 604800',
    ],
    [
      'a context beyond 32 KiB',
      { action: 'a', context: { x: 'y'.repeat(33_000) } },
      'context, metadata and options must have at most 32 KiB of JSON together',
    ],
    ['a NUL', { action: 'a', context: { x: '\u0000' } }, 'context must not contain a NUL character'],
    ['somebody else’s agent', { action: 'a', agent_id: 'nobody' }, 'agent_id names no agent of this workspace'],
  ])('refuses %s', async (_what, json, detail) => {
    const response = await create(json);
    expect([response.status, await detailOf(response)]).toEqual([400, detail]);
  });

  it('refuses a context that is nested too deep, and takes one that just is not', async () => {
    const nested = (levels: number): unknown => (levels === 0 ? 1 : { a: nested(levels - 1) });
    expect((await create({ action: 'a', context: nested(16) })).status).toBe(201);
    expect((await create({ action: 'a', context: nested(17) })).status).toBe(400);
    expect((await create({ action: 'a', context: nested(3_000) })).status).toBe(400);
  });

  it('is for managers and the workspace’s tokens with approvals:write', async () => {
    const member = await test.seed.member(owner.workspaceId, 'MEMBER');
    const stranger = await test.seed.workspace();
    expect((await create({ action: 'a' }, member.token)).status).toBe(403);
    expect((await create({ action: 'a' }, stranger.token)).status).toBe(404);
    expect((await create({ action: 'a' }, await workspaceToken(test, owner, ['approvals:write']))).status).toBe(201);
    expect((await create({ action: 'a' }, await workspaceToken(test, owner, ['approvals:read']))).status).toBe(403);
  });
});

describe('reading approvals', () => {
  it('lists the newest first with their context, by status', async () => {
    const first = await ask(test, owner, { context: { a: 1 } });
    test.clock.advanceMs(1_000);
    const second = await ask(test, owner, { expires_in_seconds: 3_600 });
    await decide(test, owner, first);
    const list = await read<{ id: string; reason: string; task_id: string; context: unknown }[]>(path());
    expect(list.map(({ id }) => id)).toEqual([second, first]);
    expect(list[1]).toMatchObject({ context: { a: 1 }, reason: '', task_id: '' });
    expect((await read<{ id: string }[]>(`${path()}?status=approved`)).map(({ id }) => id)).toEqual([first]);
    expect((await read<{ id: string }[]>(`${path()}?status=pending`)).map(({ id }) => id)).toEqual([second]);
    expect((await test.call(`${path()}?status=nonsense`, { token: owner.token })).status).toBe(400);
    expect((await read<{ id: string }[]>(`${path()}?limit=1&offset=1`)).map(({ id }) => id)).toEqual([first]);
  });

  it('answers somebody else’s as none at all', async () => {
    const stranger = await test.seed.workspace();
    const id = await ask(test, stranger);
    for (const each of [id, 'nothing', '%00']) {
      const response = await test.call(`${path()}/${each}`, { token: owner.token });
      expect(response.status === 400 || response.status === 404).toBe(true);
    }
    const [foreign, missing] = [await decide(test, owner, id), await decide(test, owner, 'nothing')];
    expect([await detailOf(foreign), await detailOf(missing)]).toEqual(
      Array(2).fill('approval not found or already decided'),
    );
  });

  it('shows what waits anywhere to the instance administrator only', async () => {
    const admin = await test.seed.user({ instanceAdmin: true });
    test.clock.advanceMs(1_000);
    const id = await ask(test, owner, { reason: 'because' });
    const decided = await ask(test, owner);
    await decide(test, owner, decided);
    const pending = await read<Record<string, unknown>[]>('/api/v1/approvals/pending', admin.token);
    expect(pending[0]).toMatchObject({
      id,
      workspace_id: owner.workspaceId,
      workspace_name: 'Test Workspace',
      reason: 'because',
      status: 'pending',
    });
    expect(pending.map((each) => each.id)).not.toContain(decided);
    expect((await test.call('/api/v1/approvals/pending', { token: owner.token })).status).toBe(403);
    expect((await test.call('/api/v1/approvals/pending')).status).toBe(401);
  });
});

describe('deciding', () => {
  it.each([
    ['approve', 'approved'],
    ['approved', 'approved'],
    ['reject', 'denied'],
    ['rejected', 'denied'],
    ['deny', 'denied'],
    ['denied', 'denied'],
  ])('takes the word %s as %s and tells it', async (decision, status) => {
    const id = await ask(test, owner);
    const response = await decide(test, owner, id, { decision });
    expect([response.status, await response.json()]).toEqual([200, { status, approval_id: id }]);
    const outcome = { approval_id: id, decision: status, status, decided_by: 'human' };
    expect((await eventsOf(test, owner.workspaceId)).slice(1)).toEqual([
      { type: status === 'approved' ? 'APPROVAL_APPROVED' : 'APPROVAL_DENIED', payload: outcome },
      { type: 'APPROVAL_DECIDED', payload: outcome },
    ]);
    expect(await read(`${path()}/${id}`)).toMatchObject({
      status,
      decided_by: 'human',
      decided_by_user_id: owner.userId,
      decided_at: test.clock.now().toISOString(),
      expired: false,
    });
  });

  it.each([
    [{}, 'invalid request body'],
    [{ decision: 1 }, 'invalid request body'],
    [{ decision: 'maybe' }, "decision must be 'approved' or 'denied'"],
    [
      { decision: 'approve', decided_by: 'auto-expired' },
      'decided_by must not be auto-expired: that is how expiry is told',
    ],
  ])('refuses %j', async (body, detail) => {
    const response = await decide(test, owner, await ask(test, owner), body);
    expect([response.status, await detailOf(response)]).toEqual([400, detail]);
  });

  it('is for administrators, and for tokens that may decide and not merely write', async () => {
    const id = await ask(test, owner);
    const manager = await test.seed.member(owner.workspaceId, 'MANAGER');
    const token = async (...scopes: string[]) => ({
      token: await workspaceToken(test, owner, scopes),
      workspaceId: owner.workspaceId,
    });
    expect((await decide(test, manager, id)).status).toBe(403);
    expect((await decide(test, await token('approvals:read', 'approvals:write'), id)).status).toBe(403);
    expect(
      (await decide(test, await token('approvals:decide'), id, { decision: 'deny', decided_by: 'bot' })).status,
    ).toBe(200);
    expect(await read(`${path()}/${id}`)).toMatchObject({ decided_by: 'bot', decided_by_user_id: null });
  });
});

describe('an approval of a workspace below another', () => {
  it('is told above, and decided there by those who may', async () => {
    const below = await workspaceBelow(test, owner.workspaceId);
    const id = await ask(test, below, { reason: 'why' });
    expect(await eventsOf(test, owner.workspaceId)).toEqual([
      {
        type: 'APPROVAL_ESCALATED',
        payload: {
          approval_id: id,
          from_workspace_id: below.workspaceId,
          action: 'Delete the staging database',
          reason: 'why',
        },
      },
    ]);
    const viewer = await test.seed.member(owner.workspaceId, 'VIEWER');
    expect((await test.call(`${path()}?escalated=true`, { token: viewer.token })).status).toBe(403);
    expect((await test.call(`${path()}/${id}`, { token: viewer.token })).status).toBe(404);
    expect(await read(`${path()}?escalated=true`)).toEqual([
      expect.objectContaining({ id, workspace_id: below.workspaceId }),
    ]);
    expect(await read(path())).toEqual([]);
    expect((await decide(test, owner, id)).status).toBe(200);
    expect((await decide(test, below, id)).status).toBe(404);
    expect((await eventsOf(test, below.workspaceId)).map(({ type }) => type)).toEqual([
      'APPROVAL_REQUESTED',
      'APPROVAL_APPROVED',
      'APPROVAL_DECIDED',
    ]);
    const shown = { where: { action: 'approval.decide', entityId: id } };
    expect(await test.prisma.client.auditLog.findFirst(shown)).toMatchObject({ workspaceId: below.workspaceId });
  });

  it('is out of reach above once that is not above any more', async () => {
    const below = await workspaceBelow(test, owner.workspaceId);
    const id = await ask(test, below);
    await test.prisma.client.workspaceRuntime.update({
      where: { workspaceId: below.workspaceId },
      data: { parentId: null },
    });
    expect(await read(`${path()}?escalated=true`)).toEqual([]);
    expect((await decide(test, owner, id)).status).toBe(404);
    expect((await decide(test, below, id)).status).toBe(200);
    expect((await eventsOf(test, owner.workspaceId)).map(({ type }) => type)).toEqual(['APPROVAL_ESCALATED']);
  });
});
