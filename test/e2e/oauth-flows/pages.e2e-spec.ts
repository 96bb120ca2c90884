import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type SeededMember, startTestApp, type TestApp } from '#testing';
import { TestBrowser, userWithPassword } from '../identity/browser.fixture.js';
import { FlowBrowserCalls } from './flow-calls.fixture.js';
import { ScriptedProvider } from './scripted-provider.fixture.js';

const html = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

describe('what browsers see', () => {
  let test: TestApp;
  let provider: ScriptedProvider;
  let owner: SeededMember;
  let mine: FlowBrowserCalls;
  let credentialId: string;

  beforeAll(async () => {
    provider = await ScriptedProvider.start();
    test = await startTestApp({
      env: {
        EGRESS_ALLOW: '127.0.0.1',
        CREWSHIP_RATELIMIT_DISABLED: 'true',
        PUBLIC_URL: 'https://crewship.example.com',
        CREWSHIP_ALLOWED_ORIGINS: 'https://app.example.com',
      },
    });
  });
  afterAll(async () => {
    await test.close();
    await provider.stop();
  });
  beforeEach(async () => {
    owner = await test.seed.workspace();
    mine = new FlowBrowserCalls(test, owner);
    credentialId = await test.seed.credential(owner.workspaceId, provider.columns());
  });

  it('a page whose own policy lets its script and style run, and nothing else', async () => {
    const started = await mine.initiate(credentialId);
    const response = await mine.callback(provider.approval(started.auth_url), html);
    const page = await response.text();
    expect(response.status).toBe(200);
    expect(page).toContain('Authorization successful! You can close this window.');
    const policy = response.headers.get('content-security-policy') ?? '';
    const hashOf = (tag: string) => {
      const [, source = ''] = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(page) ?? [];
      return `'sha256-${createHash('sha256').update(source).digest('base64')}'`;
    };
    expect(policy).toBe(
      `default-src 'none'; script-src ${hashOf('script')}; style-src ${hashOf('style')}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(page).toContain('https://app.example.com');
    expect(page).not.toMatch(/src=|href="http|url\(/);
    expect(page).not.toContain(started.state);
  });

  it('failures in plain words with what to do, under their own status', async () => {
    const { state } = await mine.initiate(credentialId);
    const mismatch = await new TestBrowser(test).call(`/api/v1/oauth/callback?code=x&state=${state}`, {
      headers: html,
    });
    expect(mismatch.status).toBe(403);
    expect(await mismatch.text()).toContain('sign in to Crewship in this browser as the person who did');
    const unknown = await mine.callback(new URLSearchParams({ code: 'x', state: 'nope' }), html);
    expect(unknown.status).toBe(400);
    expect(await unknown.text()).toContain('This link has been used or is not known');
  });

  describe('a signal of a failure', () => {
    const signalOf = async (response: Response): Promise<unknown> => {
      const [, text = ''] = /data-signal="([^"]*)"/.exec(await response.text()) ?? [];
      return JSON.parse(text.replaceAll('&quot;', '"'));
    };
    const failed = { type: 'crewship:oauth', status: 'failed' };

    it('that names the flow and its credential to the initiator’s browser', async () => {
      const denied = await mine.initiate(credentialId);
      const no = new URLSearchParams({ error: 'access_denied', state: denied.state, iss: provider.issuer });
      const named = { ...failed, credential_id: credentialId };
      expect(await signalOf(await mine.callback(no, html))).toEqual({
        ...named,
        flow_id: denied.flow_id,
        code: 'oauth.denied',
      });
      const late = await mine.initiate(credentialId);
      test.clock.advanceMs(10 * 60_000);
      expect(await signalOf(await mine.callback(provider.approval(late.auth_url), html))).toEqual({
        ...named,
        flow_id: late.flow_id,
        code: 'oauth.state_expired',
      });
    });

    it('that names nothing to anybody else, nor for a state that is not known', async () => {
      const { state } = await mine.initiate(credentialId);
      const unnamed = { ...failed, credential_id: null, flow_id: null };
      const path = `/api/v1/oauth/callback?code=x&state=${state}`;
      const stranger = await new TestBrowser(test).call(path, { headers: html });
      expect(await signalOf(stranger)).toEqual({ ...unnamed, code: 'oauth.session_mismatch' });
      const unknown = await mine.callback(new URLSearchParams({ code: 'x', state: 'nope' }), html);
      expect(await signalOf(unknown)).toEqual({ ...unnamed, code: 'oauth.state_invalid' });
    });
  });

  it('nothing of the provider’s words unescaped', async () => {
    const { state } = await mine.initiate(credentialId);
    const words = `"><script>alert(1)</script>`;
    const query = new URLSearchParams({
      error: 'access_denied',
      error_description: words,
      state,
      iss: provider.issuer,
    });
    const page = await (await mine.callback(query, html)).text();
    expect(page).not.toContain('<script>alert');
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  it('a cookie for the OAuth paths only, which scripts cannot read', async () => {
    const response = await mine.post('/api/v1/oauth/initiate', { credential_id: credentialId });
    expect(response.headers.get('set-cookie')).toMatch(
      /^crewship_oauth=[0-9a-f]{64}; Max-Age=600; Path=\/api\/v1\/oauth; HttpOnly; Secure; SameSite=Lax$/,
    );
  });

  describe('the link that connects a credential again', () => {
    const link = () => `/api/v1/oauth/reconnect/${credentialId}`;

    it('leads a signed-in member who may to the provider, and what comes back connects', async () => {
      const user = await userWithPassword(test, 'a long password');
      const now = test.clock.now();
      await test.prisma.client.workspaceMember.create({
        data: {
          id: `m${user.userId.slice(-12)}`,
          workspaceId: owner.workspaceId,
          userId: user.userId,
          role: 'MANAGER',
          createdAt: now,
          updatedAt: now,
        },
      });
      const browser = new TestBrowser(test);
      await browser.signIn(user.email, 'a long password');
      const response = await browser.call(link());
      expect(response.status).toBe(302);
      const authUrl = response.headers.get('location') ?? '';
      expect(authUrl.startsWith(`${provider.issuer}/authorize?`)).toBe(true);
      const done = await browser.call(`/api/v1/oauth/callback?${provider.approval(authUrl)}`, { headers: html });
      expect(done.status).toBe(200);
    });

    it('leads strangers to the sign-in page, and back', async () => {
      const response = await new TestBrowser(test).call(link(), { headers: html });
      expect(response.status).toBe(302);
      expect(response.headers.get('location')).toBe(`/login?callbackUrl=${encodeURIComponent(link())}`);
      expect((await test.call(link(), { headers: { Accept: 'application/json' } })).status).toBe(401);
    });

    it('answers alike for a credential that is not there, of others, and for a role that may not', async () => {
      const viewer = await test.seed.member(owner.workspaceId, 'VIEWER');
      const stranger = await test.seed.workspace();
      const scoped = await test.seed.cliToken(owner.userId, { scopes: ['agents:write'] });
      const answers = await Promise.all([
        test.call('/api/v1/oauth/reconnect/nothing', { token: owner.token, headers: html }),
        ...[viewer.token, stranger.token, scoped].map((token) => test.call(link(), { token, headers: html })),
      ]);
      const pages = await Promise.all(answers.map(async (response) => [response.status, await response.text()]));
      expect(pages[0]?.[0]).toBe(404);
      for (const page of pages) expect(page).toEqual(pages[0]);
    });

    it('asks first when a foreign page sent the browser', async () => {
      const headers = { ...html, 'Sec-Fetch-Site': 'cross-site' };
      const response = await test.call(link(), { token: owner.token, headers });
      expect(response.status).toBe(200);
      expect(await response.text()).toContain(`href="${link()}"`);
      expect(await test.prisma.client.oauthFlow.count({ where: { credentialId } })).toBe(0);
    });
  });
});
