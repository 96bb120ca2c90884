import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type SeededMember, startTestApp, type TestApp } from '#testing';
import { Vault } from '#vault';
import { TestBrowser, userWithPassword } from '../identity/browser.fixture.js';
import { auditOf, callback, FlowBrowserCalls, problemOf } from './flow-calls.fixture.js';
import { ScriptedProvider } from './scripted-provider.fixture.js';

describe('the callback', () => {
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
      },
    });
  });
  afterAll(async () => {
    await test.close();
    await provider.stop();
  });
  beforeEach(async () => {
    provider.requests.length = 0;
    provider.answer();
    owner = await test.seed.workspace();
    mine = new FlowBrowserCalls(test, owner);
    credentialId = await test.seed.credential(owner.workspaceId, provider.columns());
  });

  const stored = () => test.prisma.client.credential.findUniqueOrThrow({ where: { id: credentialId } });
  const tokenOf = async () => {
    const { sealedValue } = await stored();
    if (sealedValue === null) return null;
    const place = { workspaceId: owner.workspaceId, table: 'credentials', column: 'sealed_value', rowId: credentialId };
    return (await test.app.get(Vault, { strict: false }).open(sealedValue, place)).reveal();
  };

  it('stores the tokens for the browser that started the flow', async () => {
    const started = await mine.initiate(credentialId);
    const response = await mine.callback(provider.approval(started.auth_url));
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      status: 'ok',
      credential_id: credentialId,
      flow_id: started.flow_id,
      integration_id: null,
    });
    expect(await stored()).toMatchObject({ status: 'ACTIVE', tokenVersion: 1 });
    expect(await tokenOf()).toMatch(/^canary-access-/);
    expect(await mine.flow(started.flow_id)).toMatchObject({ status: 'completed', failure: null });
    expect(await auditOf(test, owner.workspaceId)).toEqual(['oauth.connect', 'oauth.initiate']);
  });

  it('row 18: asks for consent and tokens with PKCE, the resource and the redirect URI of the configuration', async () => {
    const started = await mine.initiate(credentialId);
    await mine.callback(provider.approval(started.auth_url));
    const asked = Object.fromEntries(new URL(started.auth_url).searchParams);
    const redirectUri = 'https://crewship.example.com/api/v1/oauth/callback';
    const resource = 'https://mcp.example.com/mcp';
    expect(asked).toMatchObject({
      client_id: 'client-one',
      response_type: 'code',
      redirect_uri: redirectUri,
      resource,
      scope: 'read write',
      code_challenge_method: 'S256',
      state: started.state,
    });
    expect(started.state).toMatch(/^[0-9a-f]{64}$/);
    const [request] = provider.requests;
    expect(Object.fromEntries(request?.form ?? [])).toMatchObject({
      grant_type: 'authorization_code',
      redirect_uri: redirectUri,
      resource,
    });
    const { createHash } = await import('node:crypto');
    const verifier = request?.form.get('code_verifier') ?? '';
    expect(createHash('sha256').update(verifier).digest('base64url')).toBe(asked.code_challenge);
  });

  it('row 11: a state works once; of two callbacks at once one connects, with one token request', async () => {
    const started = await mine.initiate(credentialId);
    provider.answer({ body: { access_token: 'canary-access-slow', token_type: 'Bearer' }, delayMs: 50 });
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => mine.callback(provider.approval(started.auth_url))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400, 400]);
    const refused = answers.find(({ status }) => status === 400);
    expect(refused && (await problemOf(refused))).toEqual({
      status: 400,
      code: 'oauth.state_invalid',
      detail: 'Invalid or expired state token',
    });
    const replay = await mine.callback(provider.approval(started.auth_url));
    expect((await problemOf(replay)).code).toBe('oauth.state_invalid');
    expect(provider.requests).toHaveLength(1);
  });

  it('row 12: an unknown state, an expired one and one that an error used up connect nothing', async () => {
    const unknown = await mine.callback(new URLSearchParams({ code: 'x', state: 'f'.repeat(64) }));
    expect((await problemOf(unknown)).code).toBe('oauth.state_invalid');

    const late = await mine.initiate(credentialId);
    test.clock.advanceMs(10 * 60_000);
    const expired = await mine.callback(provider.approval(late.auth_url));
    expect(await problemOf(expired)).toEqual({
      status: 400,
      code: 'oauth.state_expired',
      detail: 'OAuth state expired',
    });
    expect(await mine.flow(late.flow_id)).toMatchObject({ status: 'failed', failure: { code: 'oauth.state_expired' } });

    const denied = await mine.initiate(credentialId);
    const { state } = denied;
    const no = new URLSearchParams({
      error: 'access_denied',
      error_description: 'No, thanks',
      state,
      iss: provider.issuer,
    });
    expect(await problemOf(await mine.callback(no))).toEqual({
      status: 400,
      code: 'oauth.denied',
      detail: 'OAuth error: access_denied (No, thanks)',
    });
    const after = await mine.callback(provider.approval(denied.auth_url));
    expect((await problemOf(after)).code).toBe('oauth.state_invalid');
    expect(provider.requests).toEqual([]);
    expect((await stored()).status).toBe('PENDING');
  });

  it('row 13: connects nothing for a victim who opens somebody else’s link; the initiator still can', async () => {
    const started = await mine.initiate(credentialId);
    const victim = await userWithPassword(test, 'a long password');
    const signedIn = new TestBrowser(test);
    await signedIn.signIn(victim.email, 'a long password');

    for (const browser of [signedIn, new TestBrowser(test)]) {
      const response = await callback(browser, provider.approval(started.auth_url));
      expect((await problemOf(response)).code).toBe('oauth.session_mismatch');
      expect(response.status).toBe(403);
    }
    expect(provider.requests).toEqual([]);
    expect((await stored()).status).toBe('PENDING');
    expect(await auditOf(test, owner.workspaceId)).toEqual([
      'oauth.initiate',
      'oauth.session_mismatch',
      'oauth.session_mismatch',
    ]);
    expect((await mine.callback(provider.approval(started.auth_url))).status).toBe(200);
  });

  it('row 13: the cookie of the initiator’s browser does not help somebody who is signed in as another', async () => {
    const started = await mine.initiate(credentialId);
    const other = await userWithPassword(test, 'a long password');
    await mine.browser.signIn(other.email, 'a long password');
    const response = await mine.callback(provider.approval(started.auth_url));
    expect((await problemOf(response)).code).toBe('oauth.session_mismatch');
  });

  it('connects for the initiator who is signed in, in any browser', async () => {
    const started = await mine.initiate(credentialId);
    const elsewhere = { Authorization: `Bearer ${owner.token}` };
    const response = await callback(new TestBrowser(test), provider.approval(started.auth_url), elsewhere);
    expect(response.status).toBe(200);
  });

  it('lets one browser have several flows under way', async () => {
    const other = await test.seed.credential(owner.workspaceId, provider.columns());
    const [first, second] = [await mine.initiate(credentialId), await mine.initiate(other)];
    expect((await mine.callback(provider.approval(first.auth_url))).status).toBe(200);
    expect((await mine.callback(provider.approval(second.auth_url))).status).toBe(200);
  });

  it.each([
    ['of another server', { iss: 'https://other.example.com' }],
    ['that differs by a slash only', { slash: '/' }],
    ['that is missing though promised', { iss: '' }],
  ])(
    'row 14: refuses an issuer %s before any token request',
    async (_, { iss, slash }: { iss?: string; slash?: string }) => {
      const started = await mine.initiate(credentialId);
      const answer = provider.approval(started.auth_url, { iss: iss ?? `${provider.issuer}${slash ?? ''}` });
      if (iss === '') answer.delete('iss');
      const refused = await problemOf(await mine.callback(answer));
      expect(refused).toMatchObject({ status: 400, code: 'oauth_server.wrong_issuer' });
      expect(provider.requests).toEqual([]);
      expect(await mine.flow(started.flow_id)).toMatchObject({ failure: { code: 'oauth_server.wrong_issuer' } });
    },
  );

  it('row 14: checks who sent an error, too', async () => {
    const { state } = await mine.initiate(credentialId);
    const answer = new URLSearchParams({ error: 'access_denied', state, iss: 'https://other.example.com' });
    expect((await problemOf(await mine.callback(answer))).code).toBe('oauth_server.wrong_issuer');
  });

  it('row 19: never takes its own address from a header', async () => {
    const headers = { 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-Proto': 'http', Host: 'evil.example' };
    const response = await test.call(`/api/v1/oauth/initiate?workspace_id=${owner.workspaceId}`, {
      method: 'POST',
      token: owner.token,
      json: { credential_id: credentialId },
      headers,
    });
    const { auth_url } = (await response.json()) as { auth_url: string };
    expect(new URL(auth_url).searchParams.get('redirect_uri')).toBe(
      'https://crewship.example.com/api/v1/oauth/callback',
    );
  });

  it('tells the provider’s reason when the exchange fails, and leaves the earlier token', async () => {
    await mine.callback(provider.approval((await mine.initiate(credentialId)).auth_url));
    const before = await tokenOf();
    provider.answer({ status: 400, body: { error: 'invalid_grant', error_description: 'code is used' } });
    const started = await mine.initiate(credentialId);
    const failed = await problemOf(await mine.callback(provider.approval(started.auth_url)));
    expect(failed).toMatchObject({ status: 502, code: 'oauth.exchange_failed' });
    expect(failed.detail).toMatch(/^Token exchange failed: .*code is used/);
    expect(await tokenOf()).toBe(before);
    expect((await stored()).status).toBe('ACTIVE');
    expect(await mine.flow(started.flow_id)).toMatchObject({
      status: 'failed',
      failure: { code: 'oauth.exchange_failed' },
    });
  });

  it('answers 404 for a credential that was deleted meanwhile', async () => {
    const started = await mine.initiate(credentialId);
    await test.call(`/api/v1/credentials/${credentialId}?workspace_id=${owner.workspaceId}`, {
      method: 'DELETE',
      token: owner.token,
    });
    const gone = await problemOf(await mine.callback(provider.approval(started.auth_url)));
    expect(gone).toEqual({ status: 404, code: 'oauth.credential_gone', detail: 'Credential not found' });
    expect(provider.requests).toEqual([]);
  });

  it('connects nothing for an initiator who lost the role meanwhile', async () => {
    const manager = await test.seed.member(owner.workspaceId, 'MANAGER');
    const calls = new FlowBrowserCalls(test, manager);
    const started = await calls.initiate(credentialId);
    await test.prisma.client.workspaceMember.update({ where: { id: manager.memberId }, data: { role: 'MEMBER' } });
    const refused = await problemOf(await calls.callback(provider.approval(started.auth_url)));
    expect(refused).toMatchObject({ status: 403, code: 'oauth.initiator_left' });
    expect(provider.requests).toEqual([]);
  });

  it('never sends a code to a server that the credential names only since', async () => {
    const started = await mine.initiate(credentialId);
    await test.prisma.client.credential.update({
      where: { id: credentialId },
      data: { oauthIssuer: 'https://other.example.com' },
    });
    const refused = await problemOf(await mine.callback(provider.approval(started.auth_url)));
    expect(refused.code).toBe('oauth.configuration_changed');
    expect(provider.requests).toEqual([]);
  });

  it('answers 400 for what is no answer at all', async () => {
    for (const query of ['', 'state=abc', 'code=abc']) {
      const refused = await problemOf(await mine.callback(new URLSearchParams(query)));
      expect(refused).toEqual({
        status: 400,
        code: 'oauth.parameters_missing',
        detail: 'Missing code or state parameter',
      });
    }
  });

  it('keeps state, code, verifier and tokens out of logs, answers and audit rows', async () => {
    const started = await mine.initiate(credentialId);
    const approval = provider.approval(started.auth_url);
    const done = await (await mine.callback(approval)).text();
    const failing = await mine.initiate(credentialId);
    provider.answer({ status: 400, body: { error: 'invalid_grant', error_description: 'canary-code was used' } });
    const failed = await (await mine.callback(provider.approval(failing.auth_url))).text();
    const audit = await test.prisma.client.auditLog.findMany({ where: { workspaceId: owner.workspaceId } });
    const flows = await test.prisma.client.oauthFlow.findMany({ where: { workspaceId: owner.workspaceId } });
    const verifiers = provider.requests.map(({ form }) => form.get('code_verifier') ?? 'none');
    const told = [done, failed, JSON.stringify(audit), JSON.stringify(flows), ...test.logs].join('\n');
    for (const secret of [started.state, failing.state, 'canary-code', 'canary-access', 'canary-refresh', ...verifiers])
      expect(told.includes(secret)).toBe(false);
  });
});
