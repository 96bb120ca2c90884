import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type SeededMember, startTestApp, type TestApp } from '#testing';
import { type FakeAuthorizationServer, startAuthorizationServer } from './authorization-server.fixture.js';

describe('authorization servers', () => {
  let test: TestApp;
  let viewer: SeededMember;
  let fake: FakeAuthorizationServer;

  beforeAll(async () => {
    test = await startTestApp({ env: { EGRESS_ALLOW: '127.0.0.1', PUBLIC_URL: 'https://crewship.example.com' } });
    const owner = await test.seed.workspace();
    viewer = await test.seed.member(owner.workspaceId, 'VIEWER');
    fake = await startAuthorizationServer();
  });
  beforeEach(() => {
    fake.metadata = {};
    fake.asked.length = 0;
  });
  afterAll(async () => {
    await test.close();
    await fake.close();
  });

  const discover = async (json: unknown, token = viewer.token) => {
    const response = await test.call('/api/v1/oauth/discover', { method: 'POST', token, json });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };

  it('GET /oauth/providers answers the nine, sorted, with three members each', async () => {
    const response = await test.call('/api/v1/oauth/providers', { token: viewer.token });
    const body = (await response.json()) as Record<string, unknown>;
    expect(response.status).toBe(200);
    expect(Object.keys(body)).toEqual(
      'cloudflare github gitlab google linear microsoft notion slack stripe'.split(' '),
    );
    expect(body.cloudflare).toEqual({
      auth_url: 'https://dash.cloudflare.com/oauth2/authorize',
      token_url: 'https://dash.cloudflare.com/oauth2/token',
      default_scopes: '',
    });
    expect(body.slack).toMatchObject({ default_scopes: 'channels:read chat:write' });
  });

  it('neither is answered to strangers', async () => {
    expect((await test.call('/api/v1/oauth/providers')).status).toBe(401);
    const stranger = await test.call('/api/v1/oauth/discover', { method: 'POST', json: { mcp_url: fake.mcpUrl } });
    expect(stranger.status).toBe(401);
    expect(fake.asked).toEqual([]);
  });

  it('POST /oauth/discover answers 404 when nobody answers there, and 400 for no URL', async () => {
    const gone = await discover({ mcp_url: 'http://127.0.0.1:1/mcp' });
    expect(gone).toMatchObject({
      status: 404,
      body: {
        detail: 'Could not discover OAuth endpoints for this issuer',
        errors: [{ field: 'mcp_url', message: expect.stringContaining('could not be reached') }],
      },
    });
    expect(await discover({ mcp_url: '  ' })).toMatchObject({ status: 400, body: { detail: 'mcp_url is required' } });
  });

  it('POST /oauth/discover answers how a server is authorized, from its challenge on', async () => {
    expect(await discover({ mcp_url: fake.mcpUrl })).toEqual({
      status: 200,
      body: {
        auth_url: `${fake.origin}/authorize`,
        token_url: `${fake.origin}/token`,
        registration_endpoint: `${fake.origin}/register`,
        scopes: 'tools:read',
        supports_dcr: true,
        supports_pkce: true,
        supports_cimd: false,
        issuer: fake.origin,
        resource: fake.mcpUrl,
        source: 'discovery',
      },
    });
  });

  it('asking twice gives the same', async () => {
    expect(await discover({ mcp_url: fake.mcpUrl })).toEqual(await discover({ mcp_url: fake.mcpUrl }));
  });

  it.each([
    ['nothing', {}],
    ['an empty text', { mcp_url: '' }],
    ['null', { mcp_url: null }],
  ])('%s for a URL is 400 mcp_url is required', async (_case, json) => {
    expect(await discover(json)).toMatchObject({ status: 400, body: { detail: 'mcp_url is required' } });
  });

  it.each([
    ['http://169.254.169.254/latest/meta-data', 'not allowed'],
    ['https://10.0.0.1/mcp', 'literal private/internal IP'],
    ['https://user:pw@mcp.example.com/', 'userinfo not allowed'],
    ['file:///etc/passwd', 'scheme'],
    ['no url', 'scheme'],
  ])('%s is 400 and nothing is sent', async (mcp_url, reason) => {
    const { status, body } = await discover({ mcp_url });
    expect([status, body.code]).toEqual([400, 'oauth.url_not_allowed']);
    expect(body.detail).toContain(reason);
  });

  it('a server that publishes nothing is 404 with the known sentence, and says where was looked', async () => {
    const { status, body } = await discover({ mcp_url: `${new URL(test.url).origin}/nothing` });
    expect(status).toBe(404);
    expect(body.detail).toBe('Could not discover OAuth endpoints for this issuer');
    expect(JSON.stringify(body.errors)).toContain('oauth-protected-resource');
  });

  it.each([
    ['row 15: another issuer', { issuer: 'https://evil.example' }, 'oauth_server.issuer_mismatch'],
    ['row 16: no PKCE', { code_challenge_methods_supported: ['plain'] }, 'oauth_server.pkce_unsupported'],
    ['row 17: a private token endpoint', { token_endpoint: 'https://10.0.0.1/t' }, 'oauth_server.endpoint_not_allowed'],
    ['row 17: a script', { authorization_endpoint: 'javascript:alert(1)' }, 'oauth_server.endpoint_not_allowed'],
  ])('%s is 422', async (_case, metadata, code) => {
    fake.metadata = metadata;
    expect(await discover({ mcp_url: fake.mcpUrl })).toMatchObject({ status: 422, body: { code } });
  });

  it('publishes what we are, for everybody and for an hour', async () => {
    const response = await test.call('/api/v1/oauth/client-metadata.json');
    expect(response.headers.get('cache-control')).toBe('public, max-age=3600');
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(await response.json()).toEqual({
      client_id: 'https://crewship.example.com/api/v1/oauth/client-metadata.json',
      client_name: 'Crewship',
      client_uri: 'https://crewship.example.com',
      redirect_uris: ['https://crewship.example.com/api/v1/oauth/callback'],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
      application_type: 'web',
    });
  });

  it('row 19: a forwarded host does not change what we are', async () => {
    const headers = { 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-Proto': 'http' };
    const response = await test.call('/api/v1/oauth/client-metadata.json', { headers });
    expect(await response.text()).not.toContain('evil.example');
  });
});
