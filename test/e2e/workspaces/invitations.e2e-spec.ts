import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type SeededMember, type SeededUser, startTestApp, type TestApp } from '#testing';

const list = '/api/v1/workspaces/{workspaceId}/invitations';
const one = '/api/v1/workspaces/{workspaceId}/invitations/{invitationId}';
const accept = '/api/v1/invitations/accept';
const day = 24 * 60 * 60 * 1_000;

describe('invitations', () => {
  let test: TestApp;
  let owner: SeededMember;
  let guest: SeededUser;

  beforeAll(async () => {
    test = await startTestApp();
  });
  beforeEach(async () => {
    owner = await test.seed.workspace();
    guest = await test.seed.user();
  });
  afterAll(() => test.close());

  const here = () => ({ params: { path: { workspaceId: owner.workspaceId } } });
  const of = (invitationId: string) => ({ params: { path: { workspaceId: owner.workspaceId, invitationId } } });
  const invite = async (email = guest.email) => {
    const { data } = await test.as(owner).POST(list, { ...here(), body: { email, role: 'MANAGER' } });
    if (!data) throw new Error('the invitation was refused');
    return data;
  };
  const acceptAs = (user: { token: string }, token: string) =>
    test.as({ token: user.token }).POST(accept, { body: { token } });

  it('show their token once, keep only its hash, and are listed without it', async () => {
    const { data, response } = await test
      .as(owner)
      .POST(list, { ...here(), body: { email: `  ${guest.email.toUpperCase()} ` } });
    expect(response.status).toBe(201);
    expect(data).toMatchObject({
      email: guest.email,
      role: 'MEMBER',
      invited_by: owner.userId,
      accepted_at: null,
      inviter: { id: owner.userId, email: owner.email, full_name: 'Test User' },
    });
    expect(data?.token).toMatch(/^[0-9a-f]{64}$/);
    expect(Date.parse(data?.expires_at ?? '') - Date.parse(data?.created_at ?? '')).toBe(7 * day);
    const listed = await test.as(owner).GET(list, here());
    expect(listed.data).toHaveLength(1);
    const stored = await test.prisma.client.$queryRaw`SELECT * FROM workspace_invitations`;
    const logged = await test.prisma.client.$queryRaw`SELECT * FROM audit_logs`;
    const everything = JSON.stringify([listed.data, stored, logged, test.logs]);
    expect(everything).not.toContain(data?.token);
    expect(everything).toContain('invitation.create');
  });

  it.each([
    [{}, 400, 'email is required'],
    [{ email: 'nobody' }, 400, 'Invalid email address'],
    [{ email: 'a@example.com', role: 'OWNER' }, 400, 'role must be ADMIN, MANAGER, MEMBER, or VIEWER'],
  ])('refuse %j', async (json, status, detail) => {
    const path = `/api/v1/workspaces/${owner.workspaceId}/invitations`;
    const response = await test.call(path, { method: 'POST', token: owner.token, json });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ detail });
  });

  it('to become ADMIN are the owner’s to send', async () => {
    const admin = await test.seed.member(owner.workspaceId, 'ADMIN');
    const body = { email: guest.email, role: 'ADMIN' } as const;
    const { error } = await test.as(admin).POST(list, { ...here(), body });
    expect(error).toMatchObject({ status: 403, detail: 'Only workspace owner can invite with ADMIN role' });
    expect((await test.as(owner).POST(list, { ...here(), body })).response.status).toBe(201);
  });

  it('are not sent to members, nor twice while one is open, also not at once', async () => {
    const toMember = await test.as(owner).POST(list, { ...here(), body: { email: owner.email } });
    expect(toMember.error).toMatchObject({ status: 409, detail: 'User is already a member of this workspace' });
    const body = { email: guest.email };
    const answers = await Promise.all([1, 2, 3].map(() => test.as(owner).POST(list, { ...here(), body })));
    expect(answers.map(({ response }) => response.status).sort()).toEqual([201, 409, 409]);
    const again = await test.as(owner).POST(list, { ...here(), body });
    expect(again.error).toMatchObject({ detail: 'An active invitation already exists for this email' });
  });

  it('stop standing in the way the moment they expire', async () => {
    await invite();
    test.clock.advanceMs(7 * day);
    const { response } = await test.as(owner).POST(list, { ...here(), body: { email: guest.email } });
    expect(response.status).toBe(201);
  });

  describe('accepting', () => {
    it('makes the invited person a member with the invited role, once', async () => {
      const { token } = await invite();
      const { data } = await acceptAs(guest, token);
      expect(data).toMatchObject({
        workspace_id: owner.workspaceId,
        user_id: guest.userId,
        role: 'MANAGER',
        user: { email: guest.email },
      });
      expect((await test.as(owner).GET(list, here())).data).toEqual([]);
      expect((await acceptAs(guest, token)).response.status).toBe(410);
      const row = await test.prisma.client.auditLog.findFirst({
        where: { action: 'invitation.accept', userId: guest.userId },
      });
      expect(row).toMatchObject({ workspaceId: owner.workspaceId });
    });

    it('succeeds once when tried twice at once', async () => {
      const { token } = await invite();
      const answers = await Promise.all([1, 2, 3].map(() => acceptAs(guest, token)));
      expect(answers.filter(({ response }) => response.status === 200)).toHaveLength(1);
      const where = { workspaceId: owner.workspaceId, userId: guest.userId };
      expect(await test.prisma.client.workspaceMember.count({ where })).toBe(1);
    });

    it('is refused to another address, which does not learn what became of it', async () => {
      const { token } = await invite();
      const other = await test.seed.user();
      expect((await acceptAs(other, token)).error).toMatchObject({ status: 403, code: 'invitation.other_email' });
      await acceptAs(guest, token);
      expect((await acceptAs(other, token)).error).toMatchObject({ status: 403, code: 'invitation.other_email' });
    });

    it('is refused when expired, revoked, unknown or absent', async () => {
      const revoked = await invite();
      await test.as(owner).DELETE(one, of(revoked.id));
      expect((await acceptAs(guest, revoked.token)).error).toMatchObject({ status: 410, code: 'invitation.revoked' });
      const expired = await invite();
      test.clock.advanceMs(7 * day);
      expect((await acceptAs(guest, expired.token)).error).toMatchObject({ status: 410, code: 'invitation.expired' });
      expect((await acceptAs(guest, 'f'.repeat(64))).error).toMatchObject({ status: 404 });
      expect((await test.call(accept, { method: 'POST', token: guest.token, json: {} })).status).toBe(400);
      expect((await test.as(null).POST(accept, { body: { token: 'x' } })).response.status).toBe(401);
    });

    it('needs workspace:admin of a token with scopes', async () => {
      const { token } = await invite();
      const scoped = await test.seed.cliToken(guest.userId, { scopes: ['crews:write'] });
      expect((await acceptAs({ token: scoped }, token)).response.status).toBe(403);
    });
  });

  it('are revoked once, and only in their own workspace', async () => {
    const { id } = await invite();
    const theirs = await test.seed.workspace();
    const foreign = { params: { path: { workspaceId: theirs.workspaceId, invitationId: id } } };
    expect((await test.as(theirs).DELETE(one, foreign)).response.status).toBe(404);
    expect((await test.as(owner).DELETE(one, of(id))).data).toEqual({ success: true });
    expect((await test.as(owner).DELETE(one, of(id))).error).toMatchObject({
      status: 404,
      detail: 'Invitation not found',
    });
    expect(await test.prisma.client.auditLog.count({ where: { action: 'invitation.revoke', entityId: id } })).toBe(1);
  });

  it.each(['MANAGER', 'MEMBER', 'VIEWER'] as const)('are hidden from a %s', async (role) => {
    const low = await test.seed.member(owner.workspaceId, role);
    expect((await test.as(low).GET(list, here())).response.status).toBe(403);
    expect((await test.as(low).POST(list, { ...here(), body: { email: guest.email } })).response.status).toBe(403);
    expect((await test.as(low).DELETE(one, of('any'))).response.status).toBe(403);
  });
});
