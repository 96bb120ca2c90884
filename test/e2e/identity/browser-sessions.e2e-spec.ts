import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countQueries, startTestApp, type TestApp } from '#testing';
import { CredentialUsageService } from '../../../apps/api/src/modules/identity/credential-usage.service.js';
import { TestBrowser, userWithPassword } from './browser.fixture.js';

const password = 'correct horse';
const refreshPath = '/api/auth/token/refresh';

describe('a browser session', () => {
  let test: TestApp;
  let user: { userId: string; email: string };

  beforeAll(async () => {
    test = await startTestApp();
    user = await userWithPassword(test, password);
  });
  afterAll(() => test.close());

  const signedIn = async () => {
    const browser = new TestBrowser(test);
    await browser.signIn(user.email, password);
    return browser;
  };
  const accessOf = (browser: TestBrowser) => browser.cookies.get('authjs.session-token') ?? '';
  const validate = (token: string) => test.as({ token }).GET('/api/v1/auth/cli-token/validate');
  const reasonOf = (response: Response) => response.headers.get('www-authenticate');
  const refresh = (browser: TestBrowser, init: RequestInit = {}) =>
    browser.call(refreshPath, { method: 'POST', ...init });

  it('is shown with the user as they are now, and not to bearers', async () => {
    const browser = await signedIn();
    await test.prisma.client.user.update({ where: { id: user.userId }, data: { fullName: null } });
    const expires = new Date(Math.floor(test.clock.now().getTime() / 1_000) * 1_000 + 900_000).toISOString();
    expect(await (await browser.call('/api/auth/session')).json()).toEqual({
      user: { id: user.userId, name: '', email: user.email, avatar_url: '' },
      expires,
    });
    const bearer = await test.call('/api/auth/session', { token: accessOf(browser) });
    expect(await bearer.json()).toEqual({});
  });

  it('is accepted by the API as cookie and as bearer, and only its access token is', async () => {
    const browser = await signedIn();
    expect((await browser.call('/api/v1/auth/cli-token/validate')).status).toBe(200);
    expect((await validate(accessOf(browser))).data?.user_id).toBe(user.userId);
    const stolen = await validate(browser.cookies.get('authjs.refresh-token') ?? '');
    expect([stolen.response.status, reasonOf(stolen.response)]).toEqual([401, 'Bearer error="session_invalid"']);
    const ticket = (await (await browser.call('/api/v1/ws-token')).json()) as { token: string };
    expect((await validate(ticket.token)).response.status).toBe(401);
  });

  it('costs one round trip to authenticate, like a CLI token, and its last use none', async () => {
    const browser = await signedIn();
    const { token } = await test.seed.user();
    for (const each of [accessOf(browser), token]) {
      const { statements } = await countQueries(() => validate(each));
      expect(statements).toHaveLength(1);
    }
    await test.app.get(CredentialUsageService, { strict: false }).flush();
  });

  it('runs out after 15 minutes and lives on by its refresh token, which is replaced', async () => {
    const browser = await signedIn();
    const old = new Map(browser.cookies);
    test.clock.advanceMs(15 * 60_000 + 6_000);
    expect(reasonOf((await validate(accessOf(browser))).response)).toBe('Bearer error="session_expired"');
    expect(await (await browser.call('/api/auth/session')).json()).toEqual({});
    expect(browser.cookies.has('authjs.refresh-token')).toBe(true);
    const renewed = await refresh(browser);
    expect(await renewed.json()).toMatchObject({ ok: true, expires: expect.stringMatching(/Z$/) });
    expect(accessOf(browser)).not.toBe(old.get('authjs.session-token'));
    expect(browser.cookies.get('authjs.refresh-token')).not.toBe(old.get('authjs.refresh-token'));
    expect((await validate(accessOf(browser))).response.status).toBe(200);
  });

  it('ends when a refresh token is used a second time, for the thief and for the user', async () => {
    const browser = await signedIn();
    const thief = browser.copy();
    expect((await refresh(browser)).status).toBe(200);
    const replay = await refresh(thief);
    expect([replay.status, reasonOf(replay)]).toEqual([401, 'Bearer error="session_revoked"']);
    expect(thief.cookies.has('authjs.refresh-token')).toBe(false);
    expect(reasonOf((await validate(accessOf(browser))).response)).toBe('Bearer error="session_revoked"');
    expect((await refresh(browser)).status).toBe(401);
    const rows = await test.prisma.client.auditLog.findMany({ where: { action: 'session.revoke' } });
    expect(rows.map(({ metadata }) => metadata)).toContainEqual({ reason: 'rotation' });
  });

  it('is renewed for exactly one of several at once, and then ends, since all but one are replays', async () => {
    const browser = await signedIn();
    const twins = [browser, browser.copy(), browser.copy()];
    const answers = await Promise.all(twins.map((each) => refresh(each)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
    const winner = twins[answers.findIndex(({ status }) => status === 200)] ?? browser;
    expect(reasonOf((await validate(accessOf(winner))).response)).toBe('Bearer error="session_revoked"');
  });

  it('is not renewed without a cookie, with a foreign one, or from a foreign page', async () => {
    const none = await refresh(new TestBrowser(test));
    expect([none.status, reasonOf(none)]).toEqual([401, 'Bearer error="session_expired"']);
    const browser = await signedIn();
    const page = await refresh(browser.copy(), { headers: { Origin: 'https://elsewhere.example' } });
    expect(page.status).toBe(403);
    const swapped = browser.copy();
    swapped.cookies.set('authjs.refresh-token', accessOf(browser));
    expect((await refresh(swapped)).status).toBe(401);
    expect((await refresh(browser)).status).toBe(200);
  });

  it('ends by signing out, also when only the refresh token is left', async () => {
    const browser = await signedIn();
    const thief = browser.copy();
    browser.cookies.delete('authjs.session-token');
    const out = await browser.call('/api/auth/signout', { method: 'POST' });
    expect(await out.json()).toEqual({ url: '/login' });
    expect([...browser.cookies]).toEqual([]);
    expect(reasonOf((await validate(accessOf(thief))).response)).toBe('Bearer error="session_revoked"');
    expect(await (await thief.call('/api/auth/session')).json()).toEqual({});
    expect([...thief.cookies.keys()]).toEqual(['authjs.csrf-token']);
    const again = await thief.call('/api/auth/signout', { method: 'POST' });
    expect(again.status).toBe(200);
  });

  it('is listed and ended by its user, once or twice, and invisible to others', async () => {
    const other = await test.seed.user();
    const mine = await userWithPassword(test, password);
    const [first, second] = [new TestBrowser(test, { 'User-Agent': 'first' }), new TestBrowser(test)];
    await first.signIn(mine.email, password);
    test.clock.advanceMs(1_000);
    await second.signIn(mine.email, password);
    const list = async () => (await test.as({ token: accessOf(second) }).GET('/api/v1/auth/sessions')).data ?? [];
    const listed = await list();
    expect(listed.map(({ is_current, ip }) => [is_current, ip])).toEqual([
      [true, '127.0.0.1'],
      [false, '127.0.0.1'],
    ]);
    expect(listed[1]?.user_agent).toBe('first');
    const sessionId = listed[1]?.id ?? '';
    const revoke = (token: string, id: string) =>
      test.as({ token }).POST('/api/v1/auth/sessions/{sessionId}/revoke', { params: { path: { sessionId: id } } });
    const [foreign, missing] = [await revoke(other.token, sessionId), await revoke(other.token, 's_missing')];
    expect([foreign.response.status, foreign.error?.detail]).toEqual([404, 'session not found']);
    expect([missing.response.status, missing.error?.detail]).toEqual([404, 'session not found']);
    const scoped = await test.seed.cliToken(mine.userId, { scopes: ['crews:write'] });
    expect((await revoke(scoped, sessionId)).response.status).toBe(403);
    const done = { ok: true, id: sessionId, is_current: false };
    expect((await revoke(accessOf(second), sessionId)).data).toEqual(done);
    expect((await revoke(accessOf(second), sessionId)).data).toEqual(done);
    expect(await list()).toHaveLength(1);
    expect((await validate(accessOf(first))).response.status).toBe(401);
    expect(await test.prisma.client.auditLog.count({ where: { entityId: sessionId } })).toBe(1);
  });

  it('outlives the process that opened it, but not another secret', async () => {
    const browser = await signedIn();
    const stranger = await startTestApp({ database: test.database });
    const response = await stranger.call('/api/v1/auth/cli-token/validate', { token: accessOf(browser) });
    expect(reasonOf(response)).toBe('Bearer error="session_invalid"');
    expect((await validate(accessOf(browser))).response.status).toBe(200);
    await stranger.close();
  });

  it('gives tickets to tokens too', async () => {
    const { token } = await test.seed.user();
    const { data } = await test.as({ token }).GET('/api/v1/ws-token');
    expect(data?.token.split('.')).toHaveLength(5);
  });
});
