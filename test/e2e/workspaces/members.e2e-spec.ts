import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { WorkspaceRole } from '#kernel';
import { type SeededMember, startTestApp, type TestApp } from '#testing';

const list = '/api/v1/workspaces/{workspaceId}/members';
const one = '/api/v1/workspaces/{workspaceId}/members/{memberId}';

describe('members of a workspace', () => {
  let test: TestApp;
  let owner: SeededMember;

  beforeAll(async () => {
    test = await startTestApp();
  });
  beforeEach(async () => {
    owner = await test.seed.workspace();
  });
  afterAll(() => test.close());

  const here = () => ({ params: { path: { workspaceId: owner.workspaceId } } });
  const of = (memberId: string) => ({ params: { path: { workspaceId: owner.workspaceId, memberId } } });
  const roleOf = async (memberId: string) =>
    (await test.prisma.client.workspaceMember.findUnique({ where: { id: memberId } }))?.role;
  const changeRole = (by: SeededMember, memberId: string, role: WorkspaceRole) =>
    test.as(by).PATCH(one, { ...of(memberId), body: { role } });

  it('are listed to every member, oldest first, with their person', async () => {
    test.clock.advanceMs(1_000);
    const viewer = await test.seed.member(owner.workspaceId, 'VIEWER');
    const { data, response } = await test.as(viewer).GET(list, here());
    expect(data?.map((member) => member.id)).toEqual([owner.memberId, viewer.memberId]);
    expect(data?.[1]).toMatchObject({
      role: 'VIEWER',
      user: { id: viewer.userId, email: viewer.email, full_name: 'Test User', avatar_url: null },
    });
    expect(response.headers.get('X-Total-Count')).toBe('2');
  });

  describe('adding', () => {
    it('makes a user a member, MEMBER unless told, and writes it down', async () => {
      const user = await test.seed.user();
      const { response, data } = await test.as(owner).POST(list, { ...here(), body: { user_id: user.userId } });
      expect(response.status).toBe(201);
      expect(data).toMatchObject({ user_id: user.userId, role: 'MEMBER', workspace_id: owner.workspaceId });
      expect(data).not.toHaveProperty('user');
      const row = await test.prisma.client.auditLog.findFirst({ where: { entityId: user.userId } });
      expect(row).toMatchObject({ action: 'member.add', entityType: 'WorkspaceMember', userId: owner.userId });
    });

    it.each([
      [{}, 'user_id is required'],
      [{ user_id: 'someone', role: 'OWNER' }, 'role must be ADMIN, MANAGER, MEMBER, or VIEWER'],
      [{ user_id: 'someone', role: 'KING' }, 'role must be ADMIN, MANAGER, MEMBER, or VIEWER'],
    ])('refuses %j', async (json, detail) => {
      const path = `/api/v1/workspaces/${owner.workspaceId}/members`;
      const response = await test.call(path, { method: 'POST', token: owner.token, json });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ detail });
    });

    it('keeps its order of checks: the ADMIN rule, then the membership, then the user', async () => {
      const admin = await test.seed.member(owner.workspaceId, 'ADMIN');
      const asAdmin = await test.as(admin).POST(list, { ...here(), body: { user_id: owner.userId, role: 'ADMIN' } });
      expect(asAdmin.error).toMatchObject({ status: 403, detail: 'Only workspace owner can assign ADMIN role' });
      const again = await test.as(admin).POST(list, { ...here(), body: { user_id: owner.userId } });
      expect(again.error).toMatchObject({ status: 409, detail: 'User is already a member of this workspace' });
      const unknown = await test.as(admin).POST(list, { ...here(), body: { user_id: 'nobody' } });
      expect(unknown.error).toMatchObject({ status: 404, detail: 'User not found' });
    });

    it('happens once when asked twice at once', async () => {
      const user = await test.seed.user();
      const body = { user_id: user.userId };
      const answers = await Promise.all([1, 2, 3].map(() => test.as(owner).POST(list, { ...here(), body })));
      expect(answers.map(({ response }) => response.status).sort()).toEqual([201, 409, 409]);
    });
  });

  describe('changing a role', () => {
    it('is open to a MANAGER below their own rank', async () => {
      const manager = await test.seed.member(owner.workspaceId, 'MANAGER');
      const viewer = await test.seed.member(owner.workspaceId, 'VIEWER');
      const { data } = await changeRole(manager, viewer.memberId, 'MEMBER');
      expect(data).toEqual({ status: 'updated', member_id: viewer.memberId, role: 'MEMBER' });
      const row = await test.prisma.client.auditLog.findFirst({ where: { entityId: viewer.userId } });
      expect(row).toMatchObject({
        action: 'member.role_change',
        entityType: 'WorkspaceMember',
        metadata: { role: { from: 'VIEWER', to: 'MEMBER' } },
      });
      expect((await changeRole(manager, viewer.memberId, 'MANAGER')).response.status).toBe(403);
      expect((await changeRole(manager, owner.memberId, 'VIEWER')).response.status).toBe(403);
      expect(await roleOf(viewer.memberId)).toBe('MEMBER');
    });

    it('never makes an owner, and never unmakes the last', async () => {
      const admin = await test.seed.member(owner.workspaceId, 'ADMIN');
      expect((await changeRole(owner, admin.memberId, 'OWNER')).response.status).toBe(403);
      const stepsDown = await changeRole(owner, owner.memberId, 'ADMIN');
      expect(stepsDown.error).toMatchObject({ status: 409, code: 'member.last_owner' });
    });

    it('leaves one owner when two demote each other at once', async () => {
      for (let round = 0; round < 5; round += 1) {
        const first = await test.seed.workspace();
        const second = await test.seed.member(first.workspaceId, 'OWNER');
        owner = first;
        const answers = await Promise.all([
          changeRole(first, second.memberId, 'VIEWER'),
          changeRole(second, first.memberId, 'VIEWER'),
        ]);
        expect(answers.filter(({ response }) => response.status === 200)).toHaveLength(1);
        const owners = { workspaceId: first.workspaceId, role: 'OWNER' };
        expect(await test.prisma.client.workspaceMember.count({ where: owners })).toBe(1);
      }
    });

    it('refuses a role that is none, and members of other workspaces as if there were none', async () => {
      const theirs = await test.seed.workspace();
      const path = `/api/v1/workspaces/${owner.workspaceId}/members/${owner.memberId}`;
      expect((await test.call(path, { method: 'PATCH', token: owner.token, json: { role: 'KING' } })).status).toBe(400);
      expect((await changeRole(owner, theirs.memberId, 'VIEWER')).error).toMatchObject({
        status: 404,
        detail: 'Member not found',
      });
    });
  });

  describe('removing', () => {
    it('takes the member’s place in the workspace’s crews along, and shuts them out at once', async () => {
      const member = await test.seed.member(owner.workspaceId, 'MANAGER');
      const elsewhere = await test.seed.workspace();
      const crews = [await test.seed.crew(owner.workspaceId), await test.seed.crew(elsewhere.workspaceId)];
      const rows = crews.map((crewId) => ({
        id: `cm-${crewId}`,
        crewId,
        userId: member.userId,
        createdAt: test.clock.now(),
      }));
      await test.prisma.client.crewMember.createMany({ data: rows });
      const { data } = await test.as(owner).DELETE(one, of(member.memberId));
      expect(data).toEqual({ success: true });
      const left = await test.prisma.client.crewMember.findMany({ where: { userId: member.userId } });
      expect(left.map((row) => row.crewId)).toEqual([crews[1]]);
      expect((await test.as(member).GET(list, here())).response.status).toBe(404);
      const row = await test.prisma.client.auditLog.findFirst({ where: { entityId: member.userId } });
      expect(row).toMatchObject({ action: 'member.remove', metadata: { role: 'MANAGER', crews: 1 } });
    });

    it('never removes an owner, also not when two owners remove each other at once', async () => {
      const second = await test.seed.member(owner.workspaceId, 'OWNER');
      const answers = await Promise.all([
        test.as(owner).DELETE(one, of(second.memberId)),
        test.as(second).DELETE(one, of(owner.memberId)),
      ]);
      expect(answers.map(({ error }) => error)).toMatchObject([
        { status: 403, detail: 'Cannot remove workspace owner' },
        { status: 403, detail: 'Cannot remove workspace owner' },
      ]);
    });

    it('answers a second time that there is no such member', async () => {
      const member = await test.seed.member(owner.workspaceId, 'VIEWER');
      await test.as(owner).DELETE(one, of(member.memberId));
      const { error } = await test.as(owner).DELETE(one, of(member.memberId));
      expect(error).toMatchObject({ status: 404, detail: 'Member not found' });
    });
  });

  it.each(['MANAGER', 'MEMBER', 'VIEWER'] as const)('are not added or removed by a %s', async (role) => {
    const low = await test.seed.member(owner.workspaceId, role);
    const user = await test.seed.user();
    const added = await test.as(low).POST(list, { ...here(), body: { user_id: user.userId } });
    expect(added.response.status).toBe(403);
    expect((await test.as(low).DELETE(one, of(low.memberId))).response.status).toBe(403);
  });

  it('do not exist for a stranger', async () => {
    const stranger = await test.seed.workspace();
    const { response } = await test.as({ token: stranger.token }).GET(list, here());
    expect(response.status).toBe(404);
  });
});
