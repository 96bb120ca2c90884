import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type SeededMember, startTestApp, type TestApp } from '#testing';
import { TestBrowser } from '../identity/browser.fixture.js';
import { callback, FlowBrowserCalls, problemOf, type Started } from './flow-calls.fixture.js';
import { ScriptedProvider } from './scripted-provider.fixture.js';

interface Loopback extends Started {
  loopback_port: number;
  redirect_uri: string;
  mode: string;
}

describe('a loopback flow', () => {
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
    owner = await test.seed.workspace();
    mine = new FlowBrowserCalls(test, owner);
    credentialId = await test.seed.credential(owner.workspaceId, provider.columns());
  });

  const post = (json: object) => mine.post('/api/v1/oauth/loopback', json);
  const start = async (more: object = {}) =>
    (await (await post({ credential_id: credentialId, ...more })).json()) as Loopback;
  const isGone = (port: number) =>
    fetch(`http://127.0.0.1:${port}/callback`).then(
      () => false,
      () => true,
    );

  it('tells a local client what to listen on, and is finished by exchange', async () => {
    const started = await start({ port: 50_321 });
    expect(started).toMatchObject({
      mode: 'client',
      loopback_port: 50_321,
      redirect_uri: 'http://127.0.0.1:50321/callback',
    });
    const { code, state, iss } = Object.fromEntries(provider.approval(started.auth_url));
    const done = await mine.post('/api/v1/oauth/exchange', { credential_id: credentialId, code, state, iss });
    expect(done.status).toBe(200);
    expect(provider.requests[0]?.form.get('redirect_uri')).toBe('http://127.0.0.1:50321/callback');
  });

  it('proposes a port that is nobody’s', async () => {
    const { loopback_port } = await start();
    expect(loopback_port).toBeGreaterThanOrEqual(49_152);
    expect(loopback_port).toBeLessThanOrEqual(65_535);
  });

  it('does not end at our public callback', async () => {
    const started = await start();
    const refused = await callback(mine.browser, provider.approval(started.auth_url));
    expect((await problemOf(refused)).code).toBe('oauth.state_invalid');
    expect(provider.requests).toEqual([]);
  });

  it('with our own listener ends there, past wrong hits, and closes it', async () => {
    const started = await start({ mode: 'server' });
    const base = `http://127.0.0.1:${started.loopback_port}`;
    expect((await fetch(`${base}/favicon.ico`)).status).toBe(404);
    expect((await fetch(`${base}/callback?code=x&state=${'0'.repeat(64)}`)).status).toBe(400);
    expect(provider.requests).toEqual([]);
    const done = await fetch(`${base}/callback?${provider.approval(started.auth_url)}`);
    expect(done.status).toBe(200);
    expect(await done.text()).toContain('Authorization successful!');
    expect(await isGone(started.loopback_port)).toBe(true);
    expect(await mine.flow(started.flow_id)).toMatchObject({ status: 'completed', delivery: 'loopback' });
  });

  it('ends its listener with an error, too', async () => {
    const started = await start({ mode: 'server' });
    const query = new URLSearchParams({ error: 'access_denied', state: started.state, iss: provider.issuer });
    const denied = await fetch(`http://127.0.0.1:${started.loopback_port}/callback?${query}`);
    expect(denied.status).toBe(400);
    expect(await isGone(started.loopback_port)).toBe(true);
  });

  it('gets no listener from another host, and not too many at once', async () => {
    const remote = await new TestBrowser(test).call('/api/v1/oauth/loopback', {
      method: 'POST',
      json: { credential_id: credentialId, mode: 'server' },
      headers: {
        Authorization: `Bearer ${owner.token}`,
        'X-Workspace-ID': owner.workspaceId,
        'X-Forwarded-For': '203.0.113.9',
      },
    });
    expect(await problemOf(remote)).toMatchObject({ status: 400, code: 'oauth.listener_elsewhere' });
    const answers = await Promise.all(
      Array.from({ length: 9 }, () => post({ credential_id: credentialId, mode: 'server' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(8).fill(200), 429]);
  });

  it('names what is wrong with the credential', async () => {
    const bare = await test.seed.credential(owner.workspaceId, { type: 'OAUTH2' });
    const details = await Promise.all(
      [{}, { credential_id: 'nothing' }, { credential_id: bare }].map(async (json) => problemOf(await post(json))),
    );
    expect(details.map(({ status, detail }) => [status, detail])).toEqual([
      [400, 'credential_id is required'],
      [404, 'OAuth credential not found'],
      [400, 'Credential missing OAuth configuration'],
    ]);
  });
});
