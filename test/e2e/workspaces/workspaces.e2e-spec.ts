import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SeededMember, startTestApp, type TestApp } from '#testing';

const adminToken = 'an-administrator-token-of-this-test-0123456789';
const one = '/api/v1/workspaces/{workspaceId}';

describe('workspaces', () => {
  let test: TestApp;
  let owner: SeededMember;
  let next = 0;

  beforeAll(async () => {
    test = await startTestApp({ env: { ADMIN_TOKEN: adminToken } });
    owner = await test.seed.workspace();
  });
  afterAll(() => test.close());

  const freshSlug = () => {
    next += 1;
    return `fresh-${next}`;
  };
  const at = (workspaceId: string) => ({ params: { path: { workspaceId } } });
  const detailOf = (error: unknown) => (error as { detail?: string } | undefined)?.detail;

  describe('creating', () => {
    it('makes the caller the owner at once, and writes down who made it', async () => {
      const user = await test.seed.user();
      const slug = freshSlug();
      const { response, data } = await test
        .as({ token: user.token })
        .POST('/api/v1/workspaces', { body: { name: 'Acme', slug, preferred_language: 'cs' } });
      expect(response.status).toBe(201);
      expect(data).toMatchObject({ name: 'Acme', slug, preferred_language: 'cs', integration_limit: null });
      const read = await test.as({ token: user.token }).GET(one, at(slug));
      expect(read.data).toMatchObject({
        id: data?.id,
        currentUserRole: 'OWNER',
        _count: { crews: 0, agents: 0, members: 1 },
        _count_members: 1,
      });
      expect(read.data).not.toHaveProperty('_count_crews');
      const row = await test.prisma.client.auditLog.findFirst({ where: { entityId: data?.id ?? '' } });
      expect(row).toMatchObject({ action: 'workspace.create', userId: user.userId, workspaceId: data?.id });
    });

    it.each([
      [{}, 'name must be 2-100 characters'],
      [{ name: 'A', slug: 'ab' }, 'name must be 2-100 characters'],
      [{ name: 'Acme' }, 'slug must be 2-50 characters'],
      [{ name: 'Acme', slug: 'a' }, 'slug must be 2-50 characters'],
      [
        { name: 'Acme', slug: 'Ac me' },
        'slug must contain only lowercase letters, numbers, hyphens, and underscores, and start with a letter or number',
      ],
      [
        { name: 'Acme', slug: '-acme' },
        'slug must contain only lowercase letters, numbers, hyphens, and underscores, and start with a letter or number',
      ],
      [
        { name: 'Acme', slug: 'acme', preferred_language: 'xx' },
        'invalid language "xx" — use a name (e.g. Czech) or ISO code (e.g. cs)',
      ],
    ])('refuses %j', async (json, detail) => {
      const response = await test.call('/api/v1/workspaces', { method: 'POST', token: owner.token, json });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ detail, error: detail });
    });

    it('lets two at once take a slug only once', async () => {
      const body = { name: 'Acme', slug: freshSlug() };
      const answers = await Promise.all(
        [1, 2].map(() => test.as({ token: owner.token }).POST('/api/v1/workspaces', { body })),
      );
      expect(answers.map(({ response }) => response.status).sort()).toEqual([201, 409]);
      expect(answers.map(({ error }) => detailOf(error))).toContain('Workspace slug already taken');
    });

    it('needs workspace:admin of a token with scopes, and a person', async () => {
      const token = await test.seed.cliToken(owner.userId, { scopes: ['crews:write'] });
      const body = { name: 'Acme', slug: freshSlug() };
      expect((await test.as({ token }).POST('/api/v1/workspaces', { body })).response.status).toBe(403);
      const byAdmin = await test.as({ token: adminToken }).POST('/api/v1/workspaces', { body });
      expect(byAdmin.response.status).toBe(403);
      expect(byAdmin.error).toMatchObject({ code: 'access.person_required' });
      expect(await test.prisma.client.workspace.count({ where: { slug: body.slug } })).toBe(0);
    });
  });

  it('lists the caller’s own live workspaces, newest first, with a total', async () => {
    const user = await test.seed.user();
    const client = test.as({ token: user.token });
    const slugs = [freshSlug(), freshSlug(), freshSlug()];
    for (const slug of slugs) {
      test.clock.advanceMs(1_000);
      await client.POST('/api/v1/workspaces', { body: { name: 'Acme', slug } });
    }
    const { data, response } = await client.GET('/api/v1/workspaces', { params: { query: { limit: 2 } } });
    expect(data?.map((each) => each.slug)).toEqual([slugs[2], slugs[1]]);
    expect(data?.[0]?.currentUserRole).toBe('OWNER');
    expect(response.headers.get('X-Total-Count')).toBe('3');
  });

  it('answers a foreign workspace exactly as one that does not exist', async () => {
    const theirs = await test.seed.workspace();
    const foreign = await test.as({ token: owner.token }).GET(one, at(theirs.workspaceId));
    const missing = await test.as({ token: owner.token }).GET(one, at('nowhere'));
    expect(foreign.response.status).toBe(404);
    const bare = (error: unknown) => ({ ...(error as object), request_id: '', instance: '' });
    expect(bare(foreign.error)).toEqual(bare(missing.error));
  });

  it('refuses a path that another source contradicts, and changes neither', async () => {
    const theirs = await test.seed.workspace();
    const response = await test.call(`/api/v1/workspaces/${owner.workspaceId}?workspace_id=${theirs.workspaceId}`, {
      method: 'PATCH',
      token: owner.token,
      json: { name: 'Taken over' },
    });
    expect(response.status).toBe(400);
    expect(await test.prisma.client.workspace.count({ where: { name: 'Taken over' } })).toBe(0);
  });

  describe('changing', () => {
    it('writes what is sent, clears with null, and tells the log the difference', async () => {
      const mine = await test.seed.workspace({ runRetentionDays: 5, preferredLanguage: 'Czech' });
      const { data } = await test.as({ token: mine.token }).PATCH(one, {
        ...at(mine.workspaceId),
        body: { name: 'Renamed', run_retention_days: null, preferred_language: '', audit_log_retention_days: 0 },
      });
      expect(data).toMatchObject({
        name: 'Renamed',
        run_retention_days: null,
        preferred_language: null,
        audit_log_retention_days: 0,
      });
      const row = await test.prisma.client.auditLog.findFirst({ where: { workspaceId: mine.workspaceId } });
      expect(row).toMatchObject({
        action: 'workspace.update',
        metadata: { name: { from: 'Test Workspace', to: 'Renamed' }, runRetentionDays: { from: 5, to: null } },
      });
    });

    it('answers an empty change with the workspace as it is, and writes nothing', async () => {
      const mine = await test.seed.workspace();
      test.clock.advanceMs(5_000);
      const { response, data } = await test.as({ token: mine.token }).PATCH(one, { ...at(mine.workspaceId), body: {} });
      expect(response.status).toBe(200);
      expect(data?.updated_at).toBe(data?.created_at);
      expect(await test.prisma.client.auditLog.count({ where: { workspaceId: mine.workspaceId } })).toBe(0);
    });

    it('refuses a slug that a deleted workspace still holds', async () => {
      const gone = await test.seed.workspace({ deletedAt: test.clock.now() });
      const { slug } = await test.prisma.client.workspace.findUniqueOrThrow({ where: { id: gone.workspaceId } });
      const { response } = await test
        .as({ token: owner.token })
        .PATCH(one, { ...at(owner.workspaceId), body: { slug } });
      expect(response.status).toBe(409);
    });

    it.each([
      { run_retention_days: 0 },
      { audit_log_retention_days: -1 },
      { name: '' },
      { slug: 'Not A Slug' },
      { allow_privileged_credentials: 'yes' },
    ])('refuses %j', async (json) => {
      const path = `/api/v1/workspaces/${owner.workspaceId}`;
      expect((await test.call(path, { method: 'PATCH', token: owner.token, json })).status).toBe(400);
    });

    it.each(['MANAGER', 'MEMBER', 'VIEWER'] as const)('is not for a %s', async (role) => {
      const low = await test.seed.member(owner.workspaceId, role);
      const { response } = await test.as({ token: low.token }).PATCH(one, { ...at(owner.workspaceId), body: {} });
      expect(response.status).toBe(403);
    });

    it('leaves the integration limit to the instance administrator, who need not be a member', async () => {
      const body = { integration_limit: 3 };
      const byOwner = await test.as({ token: owner.token }).PATCH(one, { ...at(owner.workspaceId), body });
      expect(byOwner.response.status).toBe(403);
      expect(byOwner.error).toMatchObject({ code: 'workspace.limit_not_yours' });
      const byAdmin = await test.as({ token: adminToken }).PATCH(one, { ...at(owner.workspaceId), body });
      expect(byAdmin.data).toMatchObject({ integration_limit: 3 });
      const sentBack = await test.as({ token: owner.token }).PATCH(one, { ...at(owner.workspaceId), body });
      expect(sentBack.response.status).toBe(200);
      const cleared = await test
        .as({ token: adminToken })
        .PATCH(one, { ...at(owner.workspaceId), body: { integration_limit: null } });
      expect(cleared.data).toMatchObject({ integration_limit: null });
      expect((await test.as({ token: adminToken }).PATCH(one, { ...at('nowhere'), body })).response.status).toBe(404);
    });
  });

  describe('deleting', () => {
    const secondOf = async (user: { token: string }) => {
      const slug = freshSlug();
      const { data } = await test.as(user).POST('/api/v1/workspaces', { body: { name: 'Second', slug } });
      return { id: data?.id ?? '', slug };
    };

    it('takes everything that hangs on it along, and is seen by nobody afterwards', async () => {
      const mine = await test.seed.workspace();
      const second = await secondOf({ token: mine.token });
      const crew = await test.seed.crew(second.id);
      const agent = await test.seed.agent(second.id, { crewId: crew });
      const credential = await test.seed.credential(second.id);
      const integration = await test.seed.integration(second.id);
      const { data } = await test
        .as({ token: mine.token })
        .DELETE(one, { ...at(second.id), body: { confirm_slug: second.slug } });
      expect(data).toEqual({ success: true });
      const { client } = test.prisma;
      expect((await client.crew.findUniqueOrThrow({ where: { id: crew } })).deletedAt).not.toBeNull();
      expect((await client.agent.findUniqueOrThrow({ where: { id: agent } })).deletedAt).not.toBeNull();
      expect((await client.credential.findUniqueOrThrow({ where: { id: credential } })).deletedAt).not.toBeNull();
      expect(await client.workspaceIntegration.count({ where: { id: integration } })).toBe(0);
      expect((await test.as({ token: mine.token }).GET(one, at(second.id))).response.status).toBe(404);
      expect(await client.auditLog.count({ where: { workspaceId: second.id, action: 'workspace.delete' } })).toBe(1);
    });

    it('wants the slug confirmed', async () => {
      const mine = await test.seed.workspace();
      const second = await secondOf({ token: mine.token });
      const client = test.as({ token: mine.token });
      const wrong = await client.DELETE(one, { ...at(second.id), body: { confirm_slug: 'other' } });
      expect(wrong.error).toMatchObject({ status: 400, code: 'workspace.slug_not_confirmed' });
      const absent = await test.call(`/api/v1/workspaces/${second.id}`, {
        method: 'DELETE',
        token: mine.token,
        json: {},
      });
      expect(absent.status).toBe(400);
      expect((await client.GET(one, at(second.id))).response.status).toBe(200);
    });

    it('leaves everybody one workspace, also when both are deleted at once', async () => {
      const user = await test.seed.user();
      const [first, second] = [await secondOf(user), await secondOf(user)];
      const answers = await Promise.all(
        [first, second].map(({ id, slug }) =>
          test.as({ token: user.token }).DELETE(one, { ...at(id), body: { confirm_slug: slug } }),
        ),
      );
      expect(answers.map(({ response }) => response.status).sort()).toEqual([200, 409]);
      expect(answers.map(({ error }) => detailOf(error))).toContain('Cannot delete your only workspace');
    });

    it('is the owner’s only', async () => {
      const admin = await test.seed.member(owner.workspaceId, 'ADMIN');
      const body = { confirm_slug: 'whatever' };
      const { response } = await test.as({ token: admin.token }).DELETE(one, { ...at(owner.workspaceId), body });
      expect(response.status).toBe(403);
    });
  });

  it('tells strangers nothing', async () => {
    expect((await test.as(null).GET('/api/v1/workspaces')).response.status).toBe(401);
    expect((await test.as(null).GET(one, at(owner.workspaceId))).response.status).toBe(401);
  });
});
