import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SeededMember, startTestApp, type TestApp } from '#testing';

const adminToken = 'an-administrator-token-of-this-test';

describe('a workspace token', () => {
  let test: TestApp;
  let mine: SeededMember;
  let theirs: SeededMember;

  beforeAll(async () => {
    test = await startTestApp({ env: { ADMIN_TOKEN: adminToken, CREWSHIP_RATELIMIT_DISABLED: 'true' } });
    [mine, theirs] = await Promise.all([test.seed.workspace(), test.seed.workspace()]);
  });
  afterAll(() => test.close());

  const tokensOf = ({ workspaceId }: SeededMember) => `/api/v1/workspaces/${workspaceId}/tokens`;
  const post = (path: string, token: string, json?: object) =>
    test.call(path, { method: 'POST', token, ...(json && { json }) });
  const made = async (response: Response) => ({
    status: response.status,
    ...((await response.json()) as { auth_token: string; id: string; detail: string; kind: string; scopes: string[] }),
  });
  const make = async (by: SeededMember, json?: object) => made(await post(tokensOf(by), by.token, json));
  const statusOf = async (path: string, token: string, method = 'GET') =>
    (await test.call(path, { method, token })).status;

  it('is made without a body, and opens its workspace by id and by slug', async () => {
    const token = await make(mine);
    expect(token).toMatchObject({ status: 201, kind: 'workspace', scopes: ['*'] });
    expect(token.auth_token).toMatch(/^cws_[0-9A-Za-z]{49}$/);
    const { slug } = await test.prisma.client.workspace.findUniqueOrThrow({ where: { id: mine.workspaceId } });
    expect([
      await statusOf(tokensOf(mine), token.auth_token),
      await statusOf(`/api/v1/workspaces/${slug}/tokens`, token.auth_token),
    ]).toEqual([200, 200]);
  });

  it.each([
    ['another workspace’s', async () => (await make(theirs)).auth_token],
    ['a mistyped', async () => `${(await make(mine)).auth_token.slice(0, -1)}_`],
    ['a team key', async () => (await make(mine, { kind: 'team' })).auth_token],
    [
      'a revoked',
      async () => {
        const { auth_token, id } = await make(mine);
        await test.call(`${tokensOf(mine)}/${id}`, { method: 'DELETE', token: auth_token });
        return auth_token;
      },
    ],
  ])('that is %s one is a 401 like any other', async (_, token) => {
    expect(await statusOf(tokensOf(mine), await token())).toBe(401);
  });

  it('says no more than that it is invalid', async () => {
    const foreign = (await make(theirs)).auth_token;
    const response = await test.call(tokensOf(mine), { token: foreign });
    expect([response.status, await response.json()]).toEqual([
      401,
      expect.objectContaining({ detail: 'invalid workspace auth token', code: 'access.workspace_token_invalid' }),
    ]);
  });

  it('opens nothing outside the operations that are for it', async () => {
    const { auth_token } = await make(mine);
    const closed = [
      '/api/v1/workspaces',
      `/api/v1/workspaces/${mine.workspaceId}`,
      `/api/v1/integrations?workspace_id=${mine.workspaceId}`,
      `/api/v1/credentials?workspace_id=${mine.workspaceId}`,
      '/api/v1/admin/connectors',
    ];
    expect(await Promise.all(closed.map((path) => statusOf(path, auth_token)))).toEqual(closed.map(() => 401));
  });

  it('does what its scopes say, reading what it may write, and makes no token that may do more', async () => {
    const { auth_token: writer } = await make(mine, { scopes: ['tokens:write'] });
    const { auth_token: reader } = await make(mine, { scopes: ['tokens:read'] });
    const { auth_token: other } = await make(mine, { scopes: ['schedules:write'] });
    expect([
      await statusOf(tokensOf(mine), writer),
      await statusOf(tokensOf(mine), reader),
      await statusOf(tokensOf(mine), other),
    ]).toEqual([200, 200, 403]);
    expect((await post(tokensOf(mine), reader)).status).toBe(403);
    const within = await made(await post(tokensOf(mine), writer, { scopes: ['tokens:read'] }));
    const beyond = await made(await post(tokensOf(mine), writer, { scopes: ['approvals:decide'] }));
    const ofAnotherKind = await made(await post(tokensOf(mine), writer, { kind: 'team' }));
    expect([within.status, beyond.status, ofAnotherKind.status]).toEqual([201, 403, 403]);
    expect(beyond.detail).toContain('approvals:decide is beyond them');
  });

  it('makes no token that outlives it', async () => {
    const short = (await make(mine, { scopes: ['tokens:write'], expires_in_seconds: 60 })).auth_token;
    const ofShort = async (json: object) => {
      const { id } = await made(await post(tokensOf(mine), short, { scopes: ['tokens:write'], ...json }));
      const { expiresAt } = await test.prisma.client.workspaceToken.findUniqueOrThrow({ where: { id } });
      return expiresAt && (expiresAt.getTime() - test.clock.now().getTime()) / 1_000;
    };
    expect([
      await ofShort({}),
      await ofShort({ expires_in_seconds: 3_600 }),
      await ofShort({ expires_in_seconds: 5 }),
    ]).toEqual([60, 60, 5]);
  });

  it('is named in the audit log by its id, never by its text', async () => {
    const { auth_token, id } = await make(mine);
    const { id: child } = await made(await post(tokensOf(mine), auth_token));
    const row = await test.prisma.client.auditLog.findFirstOrThrow({ where: { entityId: child } });
    expect(row).toMatchObject({ actorType: 'workspace_token', tokenId: id, userId: null });
    expect(test.logs.join('\n')).not.toContain(auth_token);
  });

  describe('made by the instance administrator', () => {
    const mint = (workspaceId: string, token: string) =>
      post(`/api/v1/admin/workspaces/${workspaceId}/tokens`, token).then(made);

    it('opens any workspace that exists', async () => {
      const token = await mint(theirs.workspaceId, adminToken);
      expect(token).toMatchObject({ status: 201, workspace_id: theirs.workspaceId });
      expect(await statusOf(tokensOf(theirs), token.auth_token)).toBe(200);
      expect(await mint('nowhere', adminToken)).toMatchObject({ status: 404, detail: 'workspace not found' });
    });

    it('is made by nobody else, and not by the GET of old', async () => {
      const { auth_token } = await make(mine);
      expect([
        (await mint(mine.workspaceId, mine.token)).status,
        (await mint(mine.workspaceId, auth_token)).status,
        await statusOf(`/api/v1/admin/workspaces/${mine.workspaceId}/test-token`, adminToken),
      ]).toEqual([403, 401, 404]);
    });

    it('needs no membership for the workspace’s own operations either', async () => {
      expect(await statusOf(tokensOf(mine), adminToken)).toBe(200);
      expect(await statusOf('/api/v1/workspaces/nowhere/tokens', adminToken)).toBe(404);
    });
  });
});
