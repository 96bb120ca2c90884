import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '#kernel';
import type { TokenSet } from '#oauth';
import {
  countQueries,
  Gate,
  type SeededMember,
  seedExpired,
  startTestApp,
  storedToken,
  type TestApp,
  type TokenAnswer,
  TokenEndpoint,
} from '#testing';
import { OauthTokensService } from './oauth-tokens.service.js';

const minute = 60_000;
const path = '/api/v1/credentials/{credentialId}';

let test: TestApp;
let owner: SeededMember;
let endpoint: TokenEndpoint;
let tokens: OauthTokensService;

beforeAll(async () => {
  test = await startTestApp({ env: { EGRESS_ALLOW: '127.0.0.1', PUBLIC_URL: 'https://us.example.com' } });
  endpoint = await TokenEndpoint.start();
  owner = await test.seed.workspace();
  tokens = test.app.get(OauthTokensService, { strict: false });
});

afterAll(async () => {
  endpoint.stop();
  await test.close();
});

const expired = (values: Parameters<typeof seedExpired>[3] = {}) =>
  seedExpired(test, owner.workspaceId, endpoint.url, values);
const refresh = (...ids: string[]) => tokens.ensureFresh(owner, ids);
const shown = async (id: string) => (await test.as(owner).GET(path, { params: { path: { credentialId: id } } })).data;
const inMs = (ms: number) => new Date(test.clock.now().getTime() + ms);
const eventsOf = async (credentialId: string) =>
  (await test.prisma.client.credentialEvent.findMany({ where: { credentialId }, orderBy: { occurredAt: 'asc' } })).map(
    (event) => event.eventType,
  );
const auditOf = (entityId: string) => test.prisma.client.auditLog.findMany({ where: { entityId } });
const failing = async (answer: TokenAnswer, values = {}) => {
  const id = await expired(values);
  endpoint.order(id, answer);
  await refresh(id);
  return { id, ...(await storedToken(test, id)) };
};

describe('a token that is due', () => {
  it('is renewed with its resource and its client, and the credential says so', async () => {
    const id = await expired({
      oauthResource: 'https://mcp.example.com/mcp',
      lastError: 'old',
      lastErrorClass: 'timeout',
    });
    await refresh(id);
    expect(endpoint.sentBy(id)).toEqual([
      {
        grant_type: 'refresh_token',
        refresh_token: 'refresh-0',
        client_id: id,
        resource: 'https://mcp.example.com/mcp',
      },
    ]);
    const { accessToken, refreshToken, row } = await storedToken(test, id);
    expect([accessToken, refreshToken].join()).toMatch(/^access-[1-9]\d*,refresh-[1-9]\d*$/);
    expect(row).toMatchObject({
      tokenVersion: 1,
      refreshFailures: 0,
      refreshLeaseUntil: null,
      refreshLeaseOwner: null,
    });
    expect(await shown(id)).toMatchObject({
      state: 'ok',
      last_ok_at: test.clock.now().toISOString(),
      last_error: null,
      last_error_class: null,
      reconnect_url: null,
    });
  });

  it('is routine: it stands in the timeline, not in the audit log, and makes no resolution anew', async () => {
    const id = await expired();
    const revision = () =>
      test.prisma.client.workspaceRevision.findUnique({ where: { workspaceId: owner.workspaceId } });
    const before = await revision();
    await refresh(id);
    expect(await eventsOf(id)).toEqual(['REFRESHED']);
    expect(await auditOf(id)).toEqual([]);
    expect(await revision()).toEqual(before);
  });

  it('is renewed once for all callers of a process', async () => {
    const id = await expired();
    await Promise.all(Array.from({ length: 20 }, () => refresh(id)));
    expect(endpoint.sentBy(id)).toHaveLength(1);
  });

  it('costs nobody else anything: one statement when nothing is due, and none for other workspaces', async () => {
    const id = await expired({ tokenExpiresAt: inMs(60 * minute), nextRefreshAt: inMs(50 * minute) });
    const due = await expired();
    const stranger = await test.seed.workspace();
    await refresh(id);
    const { statements } = await countQueries(() => refresh(id));
    await tokens.ensureFresh(stranger, [due]);
    expect(statements).toHaveLength(1);
    expect([...endpoint.sentBy(id), ...endpoint.sentBy(due)]).toEqual([]);
  });

  it('row 24: keeps the old refresh token when no new one comes, and notes narrower scopes', async () => {
    const body = { access_token: 'access-narrow', token_type: 'Bearer', expires_in: 3600, scope: 'read' };
    const { accessToken, refreshToken, row } = await failing({ body }, { oauthScopes: 'read write' });
    expect([accessToken, refreshToken, row.oauthGrantedScopes]).toEqual(['access-narrow', 'refresh-0', 'read']);
  });

  it('row 24: is not replaced by a token of a type that we do not speak', async () => {
    const { accessToken, row } = await failing({ body: { access_token: 'mac-1', token_type: 'mac' } });
    expect([accessToken, row.tokenVersion]).toEqual(['access-0', 0]);
  });

  it.each([
    ['missing', {}],
    ['negative', { expires_in: -1 }],
    ['zero', { expires_in: 0 }],
    ['a text', { expires_in: '3600' }],
    ['absurd', { expires_in: 1e18 }],
  ])('row 24: is not renewed on every use when expires_in is %s', async (_case, lifetime) => {
    const { id } = await failing({ body: { access_token: 'a', token_type: 'Bearer', ...lifetime } });
    await refresh(id);
    expect(endpoint.sentBy(id)).toHaveLength(1);
  });

  it('does not keep a caller waiting whose token still lives', async () => {
    const id = await expired({ tokenExpiresAt: inMs(4 * minute) });
    const gate = new Gate();
    endpoint.order(id, { after: gate.opened });
    const begun = performance.now();
    await refresh(id);
    expect(performance.now() - begun).toBeLessThan(3_000);
    gate.open();
    while ((await storedToken(test, id)).accessToken === 'access-0') await refresh(id);
    expect(endpoint.sentBy(id)).toHaveLength(1);
  });
});

describe('a refusal by the authorization server', () => {
  it('makes the credential wait for a person: state, link, event and audit row', async () => {
    const { id, accessToken } = await failing({ status: 400, body: { error: 'invalid_grant' } });
    expect(accessToken).toBe('access-0');
    const link = `https://us.example.com/api/v1/oauth/reconnect/${id}`;
    expect(await shown(id)).toMatchObject({
      status: 'EXPIRED',
      state: 'needs_reauth',
      last_error_class: 'definitive',
      next_refresh_at: null,
      reconnect_url: link,
    });
    expect(await eventsOf(id)).toEqual(['NEEDS_REAUTH']);
    expect(await auditOf(id)).toMatchObject([
      {
        action: 'credential.needs_reauth',
        actorType: 'internal',
        metadata: { error: 'invalid_grant', reconnect_url: link },
      },
    ]);
    test.clock.advanceMs(2 * 60 * minute);
    await refresh(id);
    expect(endpoint.sentBy(id)).toHaveLength(1);
  });
});

describe('row 23: a failure that says nothing about the tokens', () => {
  it.each<[string, TokenAnswer, string]>([
    ['500', { status: 500, body: { error: 'invalid_grant' } }, 'http_5xx'],
    ['503 in HTML', { status: 503, body: '<h1>away</h1>' }, 'http_5xx'],
    ['429', { status: 429, body: {} }, 'rate_limited'],
    ['a closed connection', { hangUp: true }, 'unreachable'],
    ['text that is no JSON', { body: 'oops' }, 'malformed'],
    ['a page with status 200', { headers: { 'content-type': 'text/html' }, body: '<html></html>' }, 'malformed'],
    ['JSON without a token', { body: {} }, 'malformed'],
  ])('keeps the tokens and backs off: %s', async (_case, answer, errorClass) => {
    const { id, row, accessToken, refreshToken } = await failing(answer);
    expect([accessToken, refreshToken]).toEqual(['access-0', 'refresh-0']);
    expect(row).toMatchObject({ status: 'ACTIVE', lastErrorClass: errorClass, refreshFailures: 1, tokenVersion: 0 });
    expect((await shown(id))?.state).toBe('backing_off');
    await refresh(id);
    expect(endpoint.sentBy(id)).toHaveLength(1);
    test.clock.advanceMs(10_000);
    await refresh(id);
    expect((await storedToken(test, id)).row).toMatchObject({ lastErrorClass: null, refreshFailures: 0 });
  });

  it('keeps the tokens and backs off: a host without an address', async () => {
    const id = await expired({ oauthTokenUrl: 'https://nowhere.invalid/token' });
    await refresh(id);
    expect((await storedToken(test, id)).row).toMatchObject({ status: 'ACTIVE', lastErrorClass: 'dns' });
  });

  it('keeps the tokens and backs off: no answer within 8 s', async () => {
    const gate = new Gate();
    const { row } = await failing({ after: gate.opened });
    gate.open();
    expect(row).toMatchObject({ status: 'ACTIVE', lastErrorClass: 'timeout', refreshLeaseUntil: null });
  });

  it('waits as long as the server asks, an hour at most', async () => {
    const asked = await failing({ status: 429, headers: { 'retry-after': '600' }, body: {} });
    const greedy = await failing({ status: 503, headers: { 'retry-after': '86400' }, body: {} });
    const waits = [asked, greedy].map(({ row }) => (row.nextRefreshAt?.getTime() ?? 0) - test.clock.now().getTime());
    expect(waits[0]).toBeGreaterThanOrEqual(10 * minute);
    expect(waits[0]).toBeLessThanOrEqual(11 * minute);
    expect(waits[1]).toBeLessThanOrEqual(66 * minute);
  });

  it('says nothing in the log of what was sent or answered', () => {
    expect(test.logs.join('')).toContain('not renewed: definitive (invalid_grant)');
    expect(test.logs.join('')).not.toMatch(/refresh-\d|access-\d/);
  });
});

describe('tokens that a person brought', () => {
  const set = (values: Partial<TokenSet> = {}): TokenSet => ({
    accessToken: new Secret('access-new'),
    refreshToken: new Secret('refresh-new'),
    expiresAt: inMs(60 * minute),
    grantedScopes: 'read',
    ...values,
  });

  it('bring a lost credential back to health, and both logs say who did it', async () => {
    const { id } = await failing({ status: 400, body: { error: 'invalid_grant' } });
    test.clock.advanceMs(1);
    await tokens.store({ ...owner, actor: actorOf(owner) }, id, set());
    const { accessToken, refreshToken, row } = await storedToken(test, id);
    expect([accessToken, refreshToken, row.oauthGrantedScopes]).toEqual(['access-new', 'refresh-new', 'read']);
    expect(await shown(id)).toMatchObject({ status: 'ACTIVE', state: 'ok', last_error_class: null, last_error: null });
    const renewal = (row.nextRefreshAt?.getTime() ?? 0) - test.clock.now().getTime();
    expect(renewal).toBeGreaterThanOrEqual(50 * minute);
    expect(renewal).toBeLessThanOrEqual(55 * minute);
    expect(await eventsOf(id)).toEqual(['NEEDS_REAUTH', 'CONNECTED']);
    const connected = (await auditOf(id)).find(({ action }) => action === 'credential.connect');
    expect(connected).toMatchObject({ userId: owner.userId, metadata: { scopes: 'read' } });
  });

  it('without a refresh token leave the one that is there, and need no renewal where there is none', async () => {
    const [renewed, plain] = [await expired(), await test.seed.credential(owner.workspaceId, { type: 'OAUTH2' })];
    for (const id of [renewed, plain]) await tokens.store(owner, id, set({ refreshToken: null }));
    expect((await storedToken(test, renewed)).refreshToken).toBe('refresh-0');
    expect((await storedToken(test, plain)).row).toMatchObject({ sealedRefreshToken: null, nextRefreshAt: null });
  });

  it('are refused for a credential of another workspace, as for none', async () => {
    const id = await expired();
    const stranger = await test.seed.workspace();
    await expect(tokens.store(stranger, id, set())).rejects.toMatchObject({ code: 'credential.not_found' });
    expect((await storedToken(test, id)).accessToken).toBe('access-0');
  });
});

describe('a credential changed by hand', () => {
  const change = (credentialId: string, body: Record<string, string | null>) =>
    test.as(owner).PATCH(path, { params: { path: { credentialId } }, body });

  it('with a new value is healthy, and nothing replaces that value later', async () => {
    const { id } = await failing({ status: 500 });
    const { data } = await change(id, { value: 'by-hand' });
    expect(data).toMatchObject({ state: 'ok', last_error: null, last_error_class: null, token_expires_at: null });
    test.clock.advanceMs(60 * minute);
    await refresh(id);
    expect(endpoint.sentBy(id)).toHaveLength(1);
    expect((await storedToken(test, id)).accessToken).toBe('by-hand');
  });

  it('never sends the refresh token or the secret of its client to a server that they did not come from', async () => {
    const id = await expired({ sealedOauthClientSecret: 'sealed' });
    await change(id, { oauth_token_url: 'https://thief.example.com/token' });
    const { row } = await storedToken(test, id);
    expect(row).toMatchObject({ sealedRefreshToken: null, sealedOauthClientSecret: null, nextRefreshAt: null });
    const kept = await expired({ sealedOauthClientSecret: 'sealed' });
    await change(kept, { oauth_token_url: endpoint.url.replace('/token', '/v2/token') });
    expect((await storedToken(test, kept)).row.sealedOauthClientSecret).toBe('sealed');
  });
});

function actorOf({ userId, email }: SeededMember) {
  return { kind: 'user', userId, email, tokenId: null, sessionId: null, tokenScopes: null } as const;
}
