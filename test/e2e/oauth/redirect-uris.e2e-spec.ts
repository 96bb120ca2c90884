import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SeededMember, startTestApp, type TestApp } from '#testing';
import { RedirectUrisService } from '../../../apps/api/src/modules/oauth-servers/redirect-uris.service.js';

const path = '/api/v1/oauth/redirect-uris';

describe('registered redirect URIs', () => {
  let test: TestApp;
  let owner: SeededMember;
  let stranger: SeededMember;

  beforeAll(async () => {
    test = await startTestApp({ env: { PUBLIC_URL: 'https://crewship.example.com' } });
    owner = await test.seed.workspace();
    stranger = await test.seed.workspace();
  });
  afterAll(() => test.close());

  const register = (uri: unknown, as: SeededMember = owner) =>
    test.call(`${path}?workspace_id=${as.workspaceId}`, { method: 'POST', token: as.token, json: { uri } });
  const remove = (redirectUriId: string, as: SeededMember = owner) =>
    test.as(as).DELETE('/api/v1/oauth/redirect-uris/{redirectUriId}', { params: { path: { redirectUriId } } });
  const require = (as: SeededMember, uri: string) =>
    test.app.get(RedirectUrisService, { strict: false }).requireRegistered({ workspaceId: as.workspaceId ?? '' }, uri);

  it('registers, lists and removes, each time with an audit row', async () => {
    const uri = 'http://127.0.0.1:51004/callback';
    const created = await test.as(owner).POST(path, { body: { uri } });
    expect(created.response.status).toBe(201);
    expect(created.data).toMatchObject({ uri, created_by: owner.userId });
    expect((await test.as(owner).GET(path)).data).toEqual([created.data]);
    const id = created.data?.id ?? '';
    expect((await remove(id)).data).toEqual({ status: 'deleted' });
    expect((await remove(id)).response.status).toBe(404);
    const where = { workspaceId: owner.workspaceId, entityId: id };
    const rows = await test.prisma.client.auditLog.findMany({ where, orderBy: { action: 'asc' } });
    expect(rows.map(({ action, entityName }) => [action, entityName])).toEqual([
      ['oauth_redirect_uri.create', uri],
      ['oauth_redirect_uri.delete', uri],
    ]);
  });

  it.each([
    ['', 'uri is required'],
    [7, 'uri must be a string'],
    ['http://client.example.com/', 'uri must be https'],
    ['https://client.example.com/#x', 'uri must not have a fragment'],
    ['javascript:alert(1)', 'uri must be https'],
  ])('refuses %p with 400 and says why', async (uri, reason) => {
    const response = await register(uri);
    const { detail } = (await response.json()) as { detail: string };
    expect(response.status).toBe(400);
    expect(detail).toContain(reason);
  });

  it('registers one once, also when asked twice at the same time', async () => {
    const uri = 'https://client.example.com/twice';
    const answers = await Promise.all([register(uri), register(uri), register(uri)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(await test.prisma.client.oauthRedirectUri.count({ where: { uri } })).toBe(1);
  });

  it('is managed by administrators and seen by every member', async () => {
    const { data } = await test.as(owner).POST(path, { body: { uri: 'https://client.example.com/roles' } });
    const manager = await test.seed.member(owner.workspaceId, 'MANAGER');
    expect((await register('https://client.example.com/manager', manager)).status).toBe(403);
    expect((await remove(data?.id ?? '', manager)).response.status).toBe(403);
    expect((await test.as(manager).GET(path)).data).toContainEqual(data);
  });

  it('of another workspace does not exist', async () => {
    const { data } = await test.as(owner).POST(path, { body: { uri: 'https://client.example.com/mine' } });
    expect((await test.as(stranger).GET(path)).data).toEqual([]);
    expect((await remove(data?.id ?? '', stranger)).response.status).toBe(404);
    expect((await register('https://client.example.com/mine', stranger)).status).toBe(201);
  });

  it('row 19: a flow may name our callback and what its own workspace registered, as text, and nothing else', async () => {
    const uri = 'https://client.example.com/done';
    await register(uri);
    await require(owner, uri);
    await require(owner, 'https://crewship.example.com/api/v1/oauth/callback');
    const refused = { code: 'oauth.redirect_uri_not_registered', status: 422 };
    for (const other of [`${uri}/`, `${uri}?x=1`, uri.toUpperCase(), 'https://evil.example/api/v1/oauth/callback']) {
      await expect(require(owner, other)).rejects.toMatchObject(refused);
    }
    await expect(require(stranger, uri)).rejects.toMatchObject(refused);
  });
});
