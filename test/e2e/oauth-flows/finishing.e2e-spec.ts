import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type SeededMember, startTestApp, type TestApp } from '#testing';
import { auditOf, FlowBrowserCalls, problemOf, type Started } from './flow-calls.fixture.js';
import { ScriptedProvider } from './scripted-provider.fixture.js';

describe('finishing a flow from a client', () => {
  let test: TestApp;
  let provider: ScriptedProvider;
  let owner: SeededMember;
  let mine: FlowBrowserCalls;
  let credentialId: string;

  beforeAll(async () => {
    provider = await ScriptedProvider.start();
    test = await startTestApp({ env: { EGRESS_ALLOW: '127.0.0.1', CREWSHIP_RATELIMIT_DISABLED: 'true' } });
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

  const finish = (json: object, by = mine) => by.post('/api/v1/oauth/finish', json);
  const exchange = (json: object, by = mine) => by.post('/api/v1/oauth/exchange', json);
  const answerTo = ({ auth_url }: Started) => Object.fromEntries(provider.approval(auth_url));
  const redirectOf = ({ auth_url }: Started) => new URL(auth_url).searchParams.get('redirect_uri') ?? '';
  const statusOf = async () =>
    (await test.prisma.client.credential.findUniqueOrThrow({ where: { id: credentialId } })).status;

  describe('POST /oauth/finish', () => {
    it('connects with the URL that the provider sent the browser to', async () => {
      const started = await mine.initiate(credentialId, { redirect_uri: 'http://127.0.0.1:50123/callback' });
      const response = await finish({ callback_url: `${redirectOf(started)}?${provider.approval(started.auth_url)}` });
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({ status: 'ok', credential_id: credentialId });
      expect(await statusOf()).toBe('ACTIVE');
      expect(provider.requests[0]?.form.get('redirect_uri')).toBe('http://127.0.0.1:50123/callback');
    });

    it('refuses a URL that the flow does not lead to, and the state still works', async () => {
      const started = await mine.initiate(credentialId);
      const parameters = provider.approval(started.auth_url);
      const refused = await finish({ callback_url: `https://evil.example/callback?${parameters}` });
      expect((await problemOf(refused)).code).toBe('oauth.callback_url_foreign');
      expect((await finish(answerTo(started))).status).toBe(200);
    });

    it('row 13: is for the initiator only; another member’s attempt is recorded and uses nothing up', async () => {
      const started = await mine.initiate(credentialId);
      const other = new FlowBrowserCalls(test, await test.seed.member(owner.workspaceId, 'ADMIN'));
      const refused = await finish(answerTo(started), other);
      expect(await problemOf(refused)).toMatchObject({ status: 403, code: 'oauth.session_mismatch' });
      expect(provider.requests).toEqual([]);
      expect(await auditOf(test, owner.workspaceId)).toContain('oauth.session_mismatch');
      expect((await finish(answerTo(started))).status).toBe(200);
    });

    it('row 12: knows no state of another workspace', async () => {
      const started = await mine.initiate(credentialId);
      const stranger = new FlowBrowserCalls(test, await test.seed.workspace());
      expect((await problemOf(await finish(answerTo(started), stranger))).code).toBe('oauth.state_invalid');
      const elsewhere = await test.seed.workspace();
      await test.prisma.client.workspaceMember.create({
        data: {
          id: `both${started.flow_id.slice(-10)}`,
          workspaceId: elsewhere.workspaceId,
          userId: owner.userId,
          role: 'OWNER',
          createdAt: test.clock.now(),
          updatedAt: test.clock.now(),
        },
      });
      const same = new FlowBrowserCalls(test, { ...owner, workspaceId: elsewhere.workspaceId });
      expect((await problemOf(await finish(answerTo(started), same))).code).toBe('oauth.state_invalid');
      expect((await finish(answerTo(started))).status).toBe(200);
    });

    it('row 11: of two at once one connects', async () => {
      const started = await mine.initiate(credentialId);
      const answers = await Promise.all([1, 2, 3].map(() => finish(answerTo(started))));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
      expect(provider.requests).toHaveLength(1);
    });

    it('uses the state up with an error, and says what is missing', async () => {
      const { state } = await mine.initiate(credentialId);
      expect((await problemOf(await finish({ state }))).code).toBe('oauth.finish_parameters_missing');
      const denied = await finish({ state, error: 'access_denied', iss: provider.issuer });
      expect((await problemOf(denied)).detail).toBe('OAuth error: access_denied');
      expect((await problemOf(await finish({ state, code: 'x' }))).code).toBe('oauth.state_invalid');
    });
  });

  describe('POST /oauth/exchange', () => {
    it('finishes a flow by its state, with the flow’s own verifier', async () => {
      const started = await mine.initiate(credentialId);
      const body = { credential_id: credentialId, ...answerTo(started), code_verifier: 'v'.repeat(43) };
      const response = await exchange(body);
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({ status: 'ok', credential_id: credentialId });
      expect(provider.requests[0]?.form.get('code_verifier')).not.toBe('v'.repeat(43));
      expect((await problemOf(await exchange(body))).detail).toBe('Invalid or expired OAuth state');
    });

    it('refuses the state of another credential, of another person and of another redirect URI without using it', async () => {
      const other = await test.seed.credential(owner.workspaceId, provider.columns());
      const started = await mine.initiate(credentialId);
      const answer = answerTo(started);
      expect(await problemOf(await exchange({ credential_id: other, ...answer }))).toEqual({
        status: 400,
        code: 'oauth.state_foreign',
        detail: 'OAuth state does not match credential',
      });
      const body = { credential_id: credentialId, ...answer };
      const admin = new FlowBrowserCalls(test, await test.seed.member(owner.workspaceId, 'ADMIN'));
      expect((await problemOf(await exchange(body, admin))).code).toBe('oauth.session_mismatch');
      const moved = await exchange({ ...body, redirect_uri: 'http://127.0.0.1:1/other' });
      expect(await problemOf(moved)).toMatchObject({ status: 422, code: 'oauth.redirect_uri_differs' });
      expect((await exchange(body)).status).toBe(200);
    });

    it('row 12: checks the age of the state', async () => {
      const started = await mine.initiate(credentialId);
      test.clock.advanceMs(10 * 60_000 + 1);
      const late = await exchange({ credential_id: credentialId, ...answerTo(started) });
      expect(await problemOf(late)).toMatchObject({ status: 400, code: 'oauth.state_expired' });
    });

    it('row 14: a state alone does not stand for the issuer', async () => {
      const started = await mine.initiate(credentialId);
      const { iss: _, ...answer } = answerTo(started);
      const refused = await exchange({ credential_id: credentialId, ...answer });
      expect((await problemOf(refused)).code).toBe('oauth_server.wrong_issuer');
      expect(provider.requests).toEqual([]);
    });

    it('without a state wants the verifier, and a redirect URI that may be used', async () => {
      const body = { credential_id: credentialId, code: 'canary-code', iss: provider.issuer };
      const code_verifier = 'w'.repeat(43);
      const refusals = [
        [{}, 'oauth.proof_missing'],
        [{ redirect_uri: 'http://127.0.0.1:50000/callback' }, 'oauth.proof_missing'],
        [{ code_verifier, redirect_uri: 'https://evil.example/cb' }, 'oauth.redirect_uri_not_registered'],
      ] as const;
      for (const [more, code] of refusals)
        expect((await problemOf(await exchange({ ...body, ...more }))).code).toBe(code);
      expect(provider.requests).toEqual([]);
      const done = await exchange({ ...body, code_verifier, redirect_uri: 'http://127.0.0.1:50000/callback' });
      expect(await done.json()).toEqual({
        status: 'ok',
        credential_id: credentialId,
        flow_id: null,
        integration_id: null,
      });
      expect(provider.requests[0]?.form.get('code_verifier')).toBe(code_verifier);
      expect((await exchange({ ...body, code_verifier })).status).toBe(200);
      expect(provider.requests[1]?.form.get('redirect_uri')).toMatch(/\/api\/v1\/oauth\/callback$/);
    });

    it('takes null for absent', async () => {
      const started = await mine.initiate(credentialId);
      const absent = { error: null, error_description: null, redirect_uri: null, code_verifier: null };
      const done = await exchange({ credential_id: credentialId, ...answerTo(started), ...absent });
      expect(done.status).toBe(200);
      const again = await mine.initiate(credentialId);
      const finished = await mine.post('/api/v1/oauth/finish', { callback_url: null, ...answerTo(again), ...absent });
      expect(finished.status).toBe(200);
    });

    it('looks for the credential before it asks for proof, and shows none that the caller may not know of', async () => {
      const crewId = await test.seed.crew(mine.member.workspaceId);
      const hidden = await test.seed.credential(mine.member.workspaceId, provider.columns({ scope: 'CREW' }));
      await test.prisma.client.credentialCrew.create({
        data: { credentialId: hidden, crewId, createdAt: test.clock.now() },
      });
      const viewer = await test.seed.member(mine.member.workspaceId, 'VIEWER', ['credential.create']);
      const theirs = new FlowBrowserCalls(test, viewer);
      const gone = { status: 404, detail: 'Credential not found' };
      const asked = { code: 'x', code_verifier: 'w'.repeat(43) };
      for (const [who, body] of [
        [mine, { credential_id: 'nope', code: 'x' }],
        [theirs, { credential_id: hidden, ...asked }],
      ] as const)
        expect(await problemOf(await who.post('/api/v1/oauth/exchange', body))).toMatchObject(gone);
      expect(provider.requests).toEqual([]);
    });

    it('answers 404 for a credential of another workspace, and 400 for an empty body', async () => {
      const theirs = await test.seed.workspace();
      const foreign = await test.seed.credential(theirs.workspaceId, provider.columns());
      const own = { code: 'x', code_verifier: 'w'.repeat(43), redirect_uri: 'http://127.0.0.1:1/cb' };
      expect(await problemOf(await exchange({ credential_id: foreign, ...own }))).toMatchObject({ status: 404 });
      expect((await problemOf(await exchange({}))).detail).toBe('credential_id and code are required');
      expect((await problemOf(await exchange({ credential_id: credentialId }))).detail).toBe(
        'credential_id and code are required',
      );
    });
  });

  describe('POST /oauth/initiate', () => {
    const initiate = (json: object, by = mine) => by.post('/api/v1/oauth/initiate', json);

    it('names what is wrong with the credential, never with a 500', async () => {
      const bare = await test.seed.credential(owner.workspaceId, { type: 'OAUTH2' });
      const key = await test.seed.credential(owner.workspaceId, { type: 'API_KEY' });
      const tokenless = await test.seed.credential(owner.workspaceId, provider.columns({ oauthTokenUrl: null }));
      const hostile = await test.seed.credential(
        owner.workspaceId,
        provider.columns({ oauthTokenUrl: 'http://169.254.169.254/token' }),
      );
      const foreign = await test.seed.credential((await test.seed.workspace()).workspaceId, provider.columns());
      expect((await problemOf(await initiate({}))).detail).toBe('credential_id is required');
      const details = await Promise.all(
        ['nothing', foreign, bare, key, tokenless, hostile].map(async (credential_id) => {
          const { status, detail } = await problemOf(await initiate({ credential_id }));
          return `${status} ${detail}`;
        }),
      );
      expect(details.slice(0, 3)).toEqual([
        '404 OAuth credential not found',
        '404 OAuth credential not found',
        '400 Credential missing oauth_client_id or oauth_auth_url',
      ]);
      expect(details[3]).toMatch(/^400 Only credentials of type OAUTH2/);
      expect(details[4]).toBe('400 Credential missing OAuth configuration');
      expect(details[5]).toMatch(/^400 oauth_token_url is not allowed: /);
    });

    it('row 19: takes a redirect URI only when it is registered for the workspace', async () => {
      const redirect_uri = 'https://app.example.com/oauth/done';
      const refused = await initiate({ credential_id: credentialId, redirect_uri });
      expect(await problemOf(refused)).toMatchObject({ status: 422, code: 'oauth.redirect_uri_not_registered' });
      await test.prisma.client.oauthRedirectUri.create({
        data: {
          id: `uri${credentialId.slice(-10)}`,
          workspaceId: owner.workspaceId,
          uri: redirect_uri,
          createdAt: test.clock.now(),
        },
      });
      expect(redirectOf(await mine.initiate(credentialId, { redirect_uri }))).toBe(redirect_uri);
    });

    it('is open to managers and to members with the capability, and closed to others', async () => {
      const statuses = await Promise.all(
        (
          [
            ['MANAGER', []],
            ['VIEWER', ['credential.create']],
            ['MEMBER', []],
          ] as const
        ).map(async ([role, capabilities]) => {
          const member = await test.seed.member(owner.workspaceId, role, [...capabilities]);
          return (await initiate({ credential_id: credentialId }, new FlowBrowserCalls(test, member))).status;
        }),
      );
      expect(statuses).toEqual([200, 200, 403]);
    });

    it('notes how the token endpoint was asked, so that a refresh asks it likewise', async () => {
      await finish(answerTo(await mine.initiate(credentialId)));
      const row = await test.prisma.client.credential.findUniqueOrThrow({ where: { id: credentialId } });
      expect(row).toMatchObject({ oauthProvider: null, oauthTokenAuthMethod: 'none' });
    });

    it('lets the later of two flows win', async () => {
      const [first, second] = [await mine.initiate(credentialId), await mine.initiate(credentialId)];
      await finish(answerTo(second));
      await finish(answerTo(first));
      const { tokenVersion } = await test.prisma.client.credential.findUniqueOrThrow({ where: { id: credentialId } });
      expect(tokenVersion).toBe(2);
    });
  });
});
