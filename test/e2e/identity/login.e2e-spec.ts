import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '#testing';
import { TestBrowser, userWithPassword } from './browser.fixture.js';

const password = 'correct horse';
const path = '/api/auth/callback/credentials';
const refused = { error: 'CredentialsSignin', ok: false, url: '/api/auth/error?error=CredentialsSignin' };

describe('signing in', () => {
  let test: TestApp;
  let user: { userId: string; email: string };

  beforeAll(async () => {
    test = await startTestApp({ env: { CREWSHIP_LOCKOUT_THRESHOLD: '3' } });
    user = await userWithPassword(test, password);
  });
  afterAll(() => test.close());

  const csrfOf = async (browser: TestBrowser) =>
    ((await (await browser.call('/api/auth/csrf')).json()) as { csrfToken: string }).csrfToken;
  const submit = async (fields: Record<string, string>, query = '') => {
    const browser = new TestBrowser(test);
    const form = new URLSearchParams({ csrfToken: await csrfOf(browser), ...fields });
    return browser.call(`${path}${query}`, { method: 'POST', body: form });
  };

  it('sets the cookies exactly as described', async () => {
    const browser = new TestBrowser(test);
    const csrf = await browser.call('/api/auth/csrf');
    const { csrfToken } = (await csrf.clone().json()) as { csrfToken: string };
    expect(csrf.headers.getSetCookie()).toEqual([`authjs.csrf-token=${csrfToken}; Path=/; HttpOnly; SameSite=Lax`]);
    const login = await browser.signIn(user.email.toUpperCase(), password);
    expect(await login.json()).toEqual({ ok: true, url: '/', status: 200 });
    const shapes = login.headers.getSetCookie().map((line) => line.replace(/=[^;]+;/, '=…;'));
    expect(shapes).toEqual([
      'authjs.session-token=…; Max-Age=900; Path=/; HttpOnly; SameSite=Lax',
      'authjs.refresh-token=…; Max-Age=2592000; Path=/api/auth/; HttpOnly; SameSite=Lax',
    ]);
  });

  it('uses the prefixed names and Secure behind HTTPS', async () => {
    const browser = new TestBrowser(test, { 'X-Forwarded-Proto': 'https' });
    const login = await browser.signIn(user.email, password);
    expect([...browser.cookies.keys()]).toEqual([
      '__Host-authjs.csrf-token',
      '__Secure-authjs.session-token',
      '__Secure-authjs.refresh-token',
    ]);
    expect(login.headers.getSetCookie().every((line) => line.includes('; Secure'))).toBe(true);
    expect((await browser.call('/api/v1/auth/cli-token/validate')).status).toBe(200);
    expect((await browser.call('/api/auth/token/refresh', { method: 'POST' })).status).toBe(200);
  });

  it('refuses a CSRF token that is missing, another one, or planted without the prefix over HTTPS', async () => {
    const bare = await test.call(path, { method: 'POST', json: { email: user.email, password } });
    expect([bare.status, ((await bare.json()) as { error: string }).error]).toEqual([403, 'Missing CSRF token']);
    const browser = new TestBrowser(test);
    await csrfOf(browser);
    for (const csrfToken of ['0'.repeat(64), '', undefined]) {
      const json = { email: user.email, password, csrfToken };
      const other = await browser.call(path, { method: 'POST', json });
      expect([other.status, ((await other.json()) as { error: string }).error]).toEqual([403, 'Invalid CSRF token']);
    }
    const planted = new TestBrowser(test, { 'X-Forwarded-Proto': 'https' });
    planted.cookies.set('authjs.csrf-token', 'x');
    const response = await planted.call(path, {
      method: 'POST',
      json: { email: user.email, password, csrfToken: 'x' },
    });
    expect(response.status).toBe(403);
  });

  it.each([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['a password that is a number', '{"password":1}'],
    ['more than 16 KiB', JSON.stringify({ email: 'a@example.com', filler: 'x'.repeat(16_384) })],
  ])('answers %s with 400 Invalid request', async (_case, body) => {
    const browser = new TestBrowser(test);
    await csrfOf(browser);
    const headers = { 'Content-Type': 'application/json' };
    const response = await browser.call(path, { method: 'POST', body, headers });
    expect([response.status, ((await response.json()) as { error: string }).error]).toEqual([400, 'Invalid request']);
  });

  it.each([
    [{ callbackUrl: '/crews?x=1' }, '', '/crews?x=1'],
    [{}, '?callbackUrl=%2Fagents', '/agents'],
    [{ callbackUrl: 'https://elsewhere.example/' }, '', '/'],
    [{ callbackUrl: '/\\elsewhere.example' }, '', '/'],
    [{}, '', '/'],
  ])('sends forms with %j%s on to %s', async (fields, query, target) => {
    const response = await submit({ email: user.email, password, ...fields }, query);
    expect([response.status, response.headers.get('location')]).toEqual([302, target]);
    expect(response.headers.getSetCookie()).toHaveLength(2);
  });

  it.each<Record<string, string>>([{ json: 'true' }, { redirect: 'false' }])(
    'answers forms with %j in JSON',
    async (mode) => {
      const right = await submit({ email: user.email, password, callbackUrl: '/crews', ...mode });
      expect(await right.json()).toEqual({ ok: true, url: '/crews', status: 200 });
      const wrong = await submit({ email: 'nobody@example.com', password, ...mode });
      expect([wrong.status, await wrong.json()]).toEqual([200, refused]);
    },
  );

  it('tells an unknown address, a wrong password, none and a user without a password alike', async () => {
    const { email } = await test.seed.user();
    const known = await userWithPassword(test, password);
    const tries: [string, string][] = [
      ['nobody@example.com', password],
      [known.email, 'wrong'],
      [known.email, ''],
      ['', password],
      [email, password],
    ];
    for (const [address, secret] of tries) {
      const response = await new TestBrowser(test).signIn(address, secret);
      expect([response.status, await response.json(), response.headers.getSetCookie()]).toEqual([200, refused, []]);
    }
    const form = await submit({ email: 'nobody@example.com', password });
    expect(form.headers.get('location')).toBe('/login?error=CredentialsSignin');
  });

  it('locks after so many failures in a row, for five minutes, whatever the password', async () => {
    const victim = await userWithPassword(test, password);
    const attempt = async (secret: string) =>
      ((await (await new TestBrowser(test).signIn(victim.email, secret)).json()) as { ok: boolean }).ok;
    expect([await attempt('wrong'), await attempt('wrong'), await attempt(password)]).toEqual([false, false, true]);
    expect([await attempt('wrong'), await attempt('wrong'), await attempt('wrong')]).toEqual([false, false, false]);
    expect(await attempt(password)).toBe(false);
    test.clock.advanceMs(299_000);
    expect(await attempt(password)).toBe(false);
    test.clock.advanceMs(1_000);
    expect([await attempt('wrong'), await attempt(password)]).toEqual([false, true]);
    const rows = await test.prisma.client.auditLog.findMany({
      where: { userId: victim.userId },
      orderBy: { id: 'asc' },
    });
    const count = (action: string) => rows.filter((row) => row.action === action).length;
    expect([count('login.succeed'), count('login.fail'), count('login.lock')]).toEqual([2, 7, 1]);
  });

  it('gives attempts that arrive all at once no more tries than the threshold', async () => {
    const victim = await userWithPassword(test, password);
    await Promise.all(Array.from({ length: 8 }, () => new TestBrowser(test).signIn(victim.email, 'wrong')));
    const row = await test.prisma.client.user.findUniqueOrThrow({ where: { id: victim.userId } });
    expect(row.failedLoginCount).toBe(3);
    expect(row.lockedUntil).toEqual(new Date(test.clock.now().getTime() + 300_000));
  });

  it('leads to its pages by paths of this origin only', async () => {
    const locationOf = async (page: string) => (await test.call(page)).headers.get('location');
    expect(await locationOf('/api/auth/signin?callbackUrl=/crews')).toBe('/login?callbackUrl=%2Fcrews');
    expect(await locationOf('/api/auth/signin?callbackUrl=//elsewhere.example')).toBe('/login?callbackUrl=%2F');
    expect(await locationOf('/api/auth/error?error=CredentialsSignin')).toBe('/login?error=CredentialsSignin');
    expect(await locationOf('/api/auth/error?error=%3Cscript%3E')).toBe('/login?error=Default');
    const told = await test.call('/api/auth/error', { headers: { Accept: 'application/json' } });
    expect(await told.json()).toEqual({ error: 'Default', message: 'Authentication error: Default' });
    const { data } = await test.as(null).GET('/api/auth/providers');
    expect(data?.credentials.callbackUrl).toBe(path);
  });

  it('leaves no password, token or cookie in logs, audit rows or errors', async () => {
    const canary = 'canary-9f3b-password';
    const secretive = await userWithPassword(test, canary);
    const browser = new TestBrowser(test);
    const answers: string[] = [];
    const keep = async (response: Response) => void answers.push(await response.text());
    const csrfToken = await csrfOf(browser);
    const json = { email: canary, password: canary, csrfToken };
    await keep(await browser.call(path, { method: 'POST', json }));
    await keep(await browser.call(path, { method: 'POST', json: { ...json, csrfToken: canary } }));
    await keep(await browser.call(path, { method: 'POST', json: { ...json, password: [canary] } }));
    await keep(await browser.signIn(secretive.email, canary));
    const secrets = [canary, ...browser.cookies.values()];
    await keep(await browser.call('/api/auth/token/refresh', { method: 'POST' }));
    const token = browser.cookies.get('authjs.session-token') ?? '';
    const made = await test.as({ token }).POST('/api/v1/auth/cli-token', { body: {} });
    await keep(await test.call('/api/v1/auth/cli-token/validate', { token: `${token}x` }));
    await keep(await test.call('/api/v1/bootstrap', { method: 'POST', json: { password: canary } }));
    await keep(await browser.call('/api/auth/signout', { method: 'POST' }));
    secrets.push(token, made.data?.token ?? canary);
    const audit = await test.prisma.client.auditLog.findMany();
    const seen = [...test.logs, ...answers, JSON.stringify(audit)].join('\n');
    for (const secret of secrets) expect(seen).not.toContain(secret);
    expect(seen).toContain('login.succeed');
  });
});
