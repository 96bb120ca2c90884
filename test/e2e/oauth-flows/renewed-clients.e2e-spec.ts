import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type SeededMember, startTestApp, type TestApp } from '#testing';
import { type FakeAuthorizationServer, startAuthorizationServer } from '../oauth/authorization-server.fixture.js';
import { FlowBrowserCalls } from './flow-calls.fixture.js';

const callback = 'https://crewship.example.com/api/v1/oauth/callback';

describe('connecting again when the client that we registered is of no use any more', () => {
  let test: TestApp;
  let fake: FakeAuthorizationServer;
  let owner: SeededMember;
  let mine: FlowBrowserCalls;
  let id: string;

  beforeAll(async () => {
    fake = await startAuthorizationServer();
    test = await startTestApp({ env: { EGRESS_ALLOW: '127.0.0.1', PUBLIC_URL: 'https://crewship.example.com' } });
  });
  afterAll(async () => {
    await test.close();
    await fake.close();
  });
  beforeEach(async () => {
    owner = await test.seed.workspace();
    mine = new FlowBrowserCalls(test, owner);
    fake.registrations.length = 0;
    fake.tokenRequests.length = 0;
    const inAnHour = Math.floor(test.clock.now().getTime() / 1000) + 3600;
    fake.metadata = { token_endpoint_auth_methods_supported: ['client_secret_post'] };
    fake.registered = { client_secret: 'canary-first', client_secret_expires_at: inAnHour };
    id = await connect();
    fake.registered = { client_secret: 'canary-second', client_secret_expires_at: 0 };
  });

  const connect = async (more: object = {}) => {
    const response = await mine.post('/api/v1/oauth/auto-connect', { mcp_url: fake.mcpUrl, ...more });
    const { credential_id, state } = (await response.json()) as { credential_id: string; state: string };
    await finish(state);
    return credential_id;
  };
  const finish = (state: string) => mine.post('/api/v1/oauth/finish', { state, code: 'x', iss: fake.origin });
  const stored = () => test.prisma.client.credential.findUniqueOrThrow({ where: { id } });
  const clientIn = (url: string) => new URL(url).searchParams.get('client_id');

  it('asks with the same client while it lives', async () => {
    expect(clientIn((await mine.initiate(id)).auth_url)).toBe('client-1');
    expect(fake.registrations).toHaveLength(1);
  });

  it('registers anew when its secret has ended, and the credential gets the new one with the tokens', async () => {
    test.clock.advanceMs(3_600_000);
    const started = await mine.initiate(id);
    expect(clientIn(started.auth_url)).toBe('client-2');
    expect(await stored()).toMatchObject({ oauthClientId: 'client-1', status: 'ACTIVE' });
    expect((await finish(started.state)).status).toBe(200);
    expect(fake.tokenRequests.at(-1)?.get('client_secret')).toBe('canary-second');
    expect(await stored()).toMatchObject({ oauthClientId: 'client-2', oauthClientExpiresAt: null, tokenVersion: 2 });
    expect(clientIn((await mine.initiate(id)).auth_url)).toBe('client-2');
  });

  it('registers anew when our address has changed since, from the reconnect link too', async () => {
    const oauthClientRedirectUri = 'https://old.example.com/api/v1/oauth/callback';
    await test.prisma.client.credential.update({ where: { id }, data: { oauthClientRedirectUri } });
    await test.prisma.client.oauthClient.updateMany({
      where: { workspaceId: owner.workspaceId },
      data: { redirectUri: oauthClientRedirectUri },
    });
    const response = await test.call(`/api/v1/oauth/reconnect/${id}`, { token: owner.token, redirect: 'manual' });
    expect(response.status).toBe(302);
    const authUrl = response.headers.get('location') ?? '';
    expect(clientIn(authUrl)).toBe('client-2');
    expect((await finish(new URL(authUrl).searchParams.get('state') ?? '')).status).toBe(200);
    expect(await stored()).toMatchObject({ oauthClientId: 'client-2', oauthClientRedirectUri: callback });
  });

  it('leaves the client of a person alone, whatever our address is', async () => {
    const change = await test.call(`/api/v1/credentials/${id}?workspace_id=${owner.workspaceId}`, {
      method: 'PATCH',
      token: owner.token,
      json: { oauth_client_id: 'by-hand', oauth_client_secret: 'canary-hand' },
    });
    expect(change.status).toBe(200);
    test.clock.advanceMs(3_600_000);
    expect(clientIn((await mine.initiate(id)).auth_url)).toBe('by-hand');
    expect(fake.registrations).toHaveLength(1);
  });
});
