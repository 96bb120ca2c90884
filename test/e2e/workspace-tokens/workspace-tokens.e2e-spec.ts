import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SeededMember, startTestApp, type TestApp } from '#testing';

const tokens = '/api/v1/workspaces/{workspaceId}/tokens';
const one = '/api/v1/workspaces/{workspaceId}/tokens/{tokenId}';

describe('the tokens of a workspace', () => {
  let test: TestApp;
  let owner: SeededMember;

  beforeAll(async () => {
    test = await startTestApp({ env: { CREWSHIP_RATELIMIT_DISABLED: 'true' } });
    owner = await test.seed.workspace();
  });
  afterAll(() => test.close());

  const at = ({ workspaceId }: SeededMember) => ({ params: { path: { workspaceId } } });
  const make = (by: SeededMember, values: object = {}) =>
    test.as(by).POST(tokens, { ...at(by), body: { kind: 'team', ...values } });
  const list = async (by: SeededMember) => (await test.as(by).GET(tokens, at(by))).data;
  const revoke = (by: SeededMember, tokenId: string) =>
    test.as(by).DELETE(one, { params: { path: { workspaceId: by.workspaceId, tokenId } } });
  const opens = async (key: string, agentId: string) =>
    (await test.call(`/api/v1/console/agents/${agentId}/integrations`, { token: key })).status;

  it('show their text once, and open the console at once', async () => {
    const mine = await test.seed.workspace();
    const agentId = await test.seed.agent(mine.workspaceId);
    const { data, response } = await make(mine, { name: ' Support ', scopes: ['integrations:read'] });
    expect([response.status, response.headers.get('cache-control')]).toEqual([201, 'no-store']);
    expect(data).toEqual({
      auth_token: expect.stringMatching(/^sk_[0-9A-Za-z]{49}$/),
      workspace_id: mine.workspaceId,
      message: 'Save this token now — it cannot be retrieved again.',
      id: data?.id,
      kind: 'team',
      name: 'Support',
      prefix: data?.auth_token.slice(0, 8),
      scopes: ['integrations:read'],
      created_at: test.clock.now().toISOString(),
      expires_at: null,
      last_used_at: null,
    });
    expect(await opens(data?.auth_token ?? '', agentId)).toBe(200);
    const { auth_token: text, workspace_id: _w, message: _m, ...shown } = data ?? { auth_token: '' };
    const listed = await list(mine);
    expect(listed).toEqual({ tokens: [{ ...shown, last_used_at: listed?.tokens[0]?.last_used_at }], count: 1 });
    const rows = await test.prisma.client.$queryRaw`SELECT to_jsonb(t)::text AS row FROM workspace_tokens t`;
    const audit = await test.prisma.client.$queryRaw`SELECT to_jsonb(t)::text AS row FROM audit_logs t`;
    expect([JSON.stringify([rows, audit]), ...test.logs].join('\n')).not.toContain(text);
  });

  it('are worth nothing from the moment they are revoked or end', async () => {
    const mine = await test.seed.workspace();
    const agentId = await test.seed.agent(mine.workspaceId);
    const revoked = (await make(mine)).data;
    expect((await revoke(mine, revoked?.id ?? '')).data).toEqual({ status: 'revoked' });
    expect(await opens(revoked?.auth_token ?? '', agentId)).toBe(401);
    const again = await revoke(mine, revoked?.id ?? '');
    expect([again.response.status, again.error?.detail]).toEqual([404, 'token not found or already revoked']);
    const short = (await make(mine, { expires_in_seconds: 60 })).data;
    expect((await list(mine))?.count).toBe(1);
    test.clock.advanceMs(60_000);
    expect(await opens(short?.auth_token ?? '', agentId)).toBe(401);
    expect(await list(mine)).toEqual({ tokens: [], count: 0 });
  });

  it.each([
    [{ kind: 'other' }, 'kind must be one of workspace, team'],
    [{ scopes: ['agents:write'] }, 'unknown scope: agents:write'],
    [{ kind: 'workspace', scopes: ['integrations:read'] }, 'unknown scope: integrations:read'],
    [{ scopes: [] }, 'scopes must name at least one scope; leave it out for all of them'],
    [{ expires_in_seconds: 0 }, 'expires_in_seconds must be a whole number from 1 to 315360000'],
  ])('are not made from %j', async (values, detail) => {
    const { error, response } = await make(owner, values);
    expect([response.status, error?.detail]).toEqual([400, detail]);
  });

  it('are another workspace’s secret', async () => {
    const theirs = (await make(await test.seed.workspace())).data;
    expect((await revoke(owner, theirs?.id ?? '')).response.status).toBe(404);
  });

  it('never number more than fifty, however many are made at once', async () => {
    const mine = await test.seed.workspace();
    for (let made = 0; made < 48; made += 1) await test.seed.teamKey(mine.workspaceId);
    const answers = await Promise.all(Array.from({ length: 8 }, () => make(mine)));
    const refused = answers.filter(({ response }) => response.status === 429);
    expect([answers.filter(({ response }) => response.status === 201).length, refused.length]).toEqual([2, 6]);
    expect(refused[0]?.error?.detail).toBe('maximum 50 active tokens per workspace');
  });
});
