import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '#testing';
import { TestBrowser } from './browser.fixture.js';

const ada = { full_name: 'Ada Lovelace', email: ' Ada.L@Example.com ', password: 'correct horse' };

describe('the first user', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.close());

  it.each([
    [{}, 'Name must be at least 2 characters'],
    [{ ...ada, full_name: ' A ' }, 'Name must be at least 2 characters'],
    [{ ...ada, email: 'ada' }, 'Invalid email address'],
    [{ ...ada, password: 'üüüüüüü' }, 'Password must be at least 8 characters'],
    [{ ...ada, password: 12345678 }, 'Password must be at least 8 characters'],
  ])('is refused with 400 for %j, and nothing is written', async (json, reason) => {
    const response = await test.call('/api/v1/bootstrap', { method: 'POST', json });
    expect([response.status, ((await response.json()) as { detail: string }).detail]).toEqual([400, reason]);
    expect(await test.prisma.client.user.count()).toBe(0);
  });

  it('is refused with 400 for a body that is no JSON', async () => {
    const response = await test.call('/api/v1/bootstrap', { method: 'POST', body: '{' });
    expect(((await response.json()) as { error: string }).error).toBe('Invalid JSON body');
  });

  it('is made exactly once by four callers at once, in one piece, and then never again', async () => {
    const before = await test.as(null).GET('/api/v1/system/setup-status');
    expect(before.data).toEqual({ needs_bootstrap: true, allow_signup: false });
    const answers = await Promise.all([1, 2, 3, 4].map(() => test.as(null).POST('/api/v1/bootstrap', { body: ada })));
    expect(answers.map(({ response }) => response.status).sort()).toEqual([201, 410, 410, 410]);
    const { data, response } = answers.find((answer) => answer.response.status === 201) ?? {};
    expect(data).toMatchObject({ email: 'ada.l@example.com' });
    expect(response?.headers.getSetCookie().map((line) => line.split('=', 1)[0])).toEqual([
      'authjs.session-token',
      'authjs.refresh-token',
    ]);
    const { client } = test.prisma;
    const [user, workspace, member, token] = await Promise.all([
      client.user.findFirstOrThrow(),
      client.workspace.findFirstOrThrow(),
      client.workspaceMember.findFirstOrThrow(),
      client.cliToken.findFirstOrThrow(),
    ]);
    expect(user).toMatchObject({ id: data?.user_id, instanceAdmin: true, fullName: 'Ada Lovelace' });
    expect(user.passwordHash).toMatch(/^\$argon2id\$/);
    expect(workspace.name).toBe("Ada Lovelace's Workspace");
    expect(workspace.slug).toBe(`ada-l-${workspace.id.slice(0, 8)}`);
    expect(member).toMatchObject({ userId: user.id, workspaceId: data?.workspace_id, role: 'OWNER' });
    expect(token).toMatchObject({ name: 'bootstrap', tier: 'STANDARD', scopes: [], expiresAt: null });
    const late = await test.call('/api/v1/bootstrap', { method: 'POST', body: '{' });
    expect(late.status).toBe(410);
    expect(await client.user.count()).toBe(1);
    const actions = (await client.auditLog.findMany({ orderBy: { id: 'asc' } })).map((row) => row.action).sort();
    expect(actions).toEqual(['cli_token.create', 'user.create', 'workspace.create']);
    const me = await test.as({ token: data?.cli_token ?? '' }).GET('/api/v1/auth/cli-token/validate');
    expect(me.data).toEqual({ valid: true, user_id: user.id, user_email: 'ada.l@example.com' });
  });

  it('cannot be followed by others where signing up is off', async () => {
    const { response, error } = await test.as(null).POST('/api/v1/auth/signup', { body: ada });
    expect(response.status).toBe(403);
    expect(error?.detail).toBe('Registration is disabled. Set CREWSHIP_ALLOW_SIGNUP=true to enable.');
  });
});

describe('signing up', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await startTestApp({ env: { CREWSHIP_ALLOW_SIGNUP: 'true' } });
  });
  afterAll(() => test.close());

  const signUp = (email: string, password = 'correct horse') =>
    test.as(null).POST('/api/v1/auth/signup', { body: { full_name: 'Grace Hopper', email, password } });

  it('makes a user with a workspace, who can sign in, and is no administrator', async () => {
    const { response } = await signUp('Grace@Example.com');
    expect([response.status, response.headers.getSetCookie()]).toEqual([202, []]);
    const user = await test.prisma.client.user.findUniqueOrThrow({
      where: { email: 'grace@example.com' },
      include: { memberships: true },
    });
    expect(user.instanceAdmin).toBe(false);
    expect(user.memberships).toMatchObject([{ role: 'OWNER' }]);
    const login = await new TestBrowser(test).signIn(' GRACE@example.com', 'correct horse');
    expect(await login.json()).toEqual({ ok: true, url: '/', status: 200 });
  });

  it('answers the same for an address that is taken in any spelling, and leaves the account as it was', async () => {
    const fresh = await signUp('taken@example.com', 'first password');
    const before = await test.prisma.client.user.findUniqueOrThrow({ where: { email: 'taken@example.com' } });
    const workspaces = await test.prisma.client.workspace.count();
    const again = await signUp('TAKEN@example.com', 'other password');
    expect([again.response.status, again.data]).toEqual([fresh.response.status, fresh.data]);
    const after = await test.prisma.client.user.findUniqueOrThrow({ where: { email: 'taken@example.com' } });
    expect(after).toEqual(before);
    expect(await test.prisma.client.workspace.count()).toBe(workspaces);
  });

  it('makes one account of three at once for one address', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => signUp('race@example.com')));
    expect(answers.map(({ response }) => response.status)).toEqual([202, 202, 202]);
    const memberships = await test.prisma.client.workspaceMember.count({
      where: { user: { email: 'race@example.com' } },
    });
    expect(memberships).toBe(1);
  });

  it('gives people of one local part different slugs even in the same moment', async () => {
    await Promise.all([signUp('same@one.example'), signUp('same@two.example')]);
    const slugs = (await test.prisma.client.workspace.findMany({ where: { slug: { startsWith: 'same-' } } })).map(
      ({ slug }) => slug,
    );
    expect(slugs).toHaveLength(2);
  });

  it('joins the workspaces that invited the address, not those whose invitation is over', async () => {
    const open = await test.seed.workspace();
    const expired = await test.seed.workspace();
    const revoked = await test.seed.workspace();
    const gone = await test.seed.workspace({ deletedAt: test.clock.now() });
    const now = test.clock.now();
    const soon = new Date(now.getTime() + 1_000);
    const invite = (
      { workspaceId, userId }: typeof open,
      values: { expiresAt?: Date; revokedAt?: Date; role?: string; createdAt?: Date } = {},
    ) =>
      test.prisma.client.workspaceInvitation.create({
        data: {
          id: `i${Math.round(performance.now() * 1_000)}`,
          workspaceId,
          email: 'invited@example.com',
          role: 'MANAGER',
          invitedById: userId,
          tokenHash: `h${performance.now()}`,
          expiresAt: soon,
          createdAt: now,
          ...values,
        },
      });
    await invite(open, { role: 'VIEWER', createdAt: new Date(now.getTime() - 1_000) });
    await invite(open);
    await invite(expired, { expiresAt: now });
    await invite(revoked, { revokedAt: now });
    await invite(gone);
    await signUp('Invited@Example.com');
    const user = await test.prisma.client.user.findUniqueOrThrow({
      where: { email: 'invited@example.com' },
      include: { memberships: { orderBy: { role: 'asc' } } },
    });
    expect(user.memberships.map(({ role, workspaceId }) => [role, workspaceId])).toEqual([
      ['MANAGER', open.workspaceId],
      ['OWNER', expect.not.stringMatching(open.workspaceId)],
    ]);
    expect(await test.prisma.client.workspaceInvitation.count({ where: { acceptedAt: null } })).toBe(3);
    const audit = await test.prisma.client.auditLog.findMany({ where: { action: 'invitation.accept' } });
    expect(audit).toMatchObject([{ workspaceId: open.workspaceId, userId: user.id }]);
  });
});
