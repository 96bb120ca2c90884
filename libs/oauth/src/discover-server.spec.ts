import { describe, expect, it } from 'vitest';
import { checkSecureEndpoint, EgressPolicy, egressErrors } from '#egress';
import { FakeWeb } from './fake-web.fixture.js';
import { type DiscoveredServer, discoverServer } from './index.js';

const mcp = 'https://mcp.example.com/team/mcp';
const resourceAt = 'https://mcp.example.com/.well-known/oauth-protected-resource/team/mcp';
const rootResourceAt = 'https://mcp.example.com/.well-known/oauth-protected-resource';
const issuer = 'https://as.example.com';
const serverAt = `${issuer}/.well-known/oauth-authorization-server`;

const resource = { resource: mcp, authorization_servers: [issuer], scopes_supported: ['read', 'write'] };
const metadata = {
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  registration_endpoint: `${issuer}/register`,
  revocation_endpoint: `${issuer}/revoke`,
  code_challenge_methods_supported: ['S256'],
  token_endpoint_auth_methods_supported: ['none', 'client_secret_post', 'private_key_jwt'],
  authorization_response_iss_parameter_supported: true,
};

function discover(web: FakeWeb, url = mcp, allow = ''): Promise<DiscoveredServer> {
  const policy = EgressPolicy.parse(allow);
  const allowed = (endpoint: string) => checkSecureEndpoint(endpoint, policy).ok;
  return discoverServer(new URL(url), { fetch: web.fetch, allowed });
}

function published(changes: { resource?: object; metadata?: object } = {}): FakeWeb {
  return new FakeWeb({
    [resourceAt]: { ...resource, ...changes.resource },
    [serverAt]: { ...metadata, ...changes.metadata },
  });
}

function challenge(parameters: string): Response {
  return new Response(null, { status: 401, headers: { 'WWW-Authenticate': `Bearer ${parameters}` } });
}

describe('discovery of an MCP server', () => {
  it('ends in everything that a flow needs', async () => {
    expect(await discover(published())).toEqual({
      issuer,
      authorizationEndpoint: `${issuer}/authorize`,
      tokenEndpoint: `${issuer}/token`,
      registrationEndpoint: `${issuer}/register`,
      revocationEndpoint: `${issuer}/revoke`,
      scopesSupported: [],
      pkceS256: true,
      issParameterSupported: true,
      clientIdMetadataDocumentSupported: false,
      tokenAuthMethods: ['client_secret_post', 'none'],
      resource: mcp,
      scopes: ['read', 'write'],
      source: 'discovery',
      provider: null,
    });
  });

  it('goes where the challenge points, and asks for the scopes that the challenge names', async () => {
    const elsewhere = 'https://meta.example.com/resource';
    const pointer = challenge(`error="invalid_token", resource_metadata="${elsewhere}", scope="files:read files:list"`);
    const web = published().serve(elsewhere, resource).serve(mcp, pointer);
    expect((await discover(web)).scopes).toEqual(['files:read', 'files:list']);
    expect(web.asked).toEqual([`GET ${mcp}`, `GET ${elsewhere}`, `GET ${serverAt}`]);
  });

  it('asks by POST a server that only challenges there, and sends no credential', async () => {
    const pointer = challenge(`resource_metadata="${resourceAt}"`);
    const web = published().serve(mcp, ({ method }) =>
      method === 'POST' ? pointer : new Response(null, { status: 405 }),
    );
    await discover(web);
    expect(web.asked.slice(0, 3)).toEqual([`GET ${mcp}`, `POST ${mcp}`, `GET ${resourceAt}`]);
    expect(web.requests.filter(({ headers }) => headers.has('authorization'))).toEqual([]);
  });

  it('reads the right one of several challenges', async () => {
    const header = `Basic realm="a, b", Bearer realm="mcp", resource_metadata="${resourceAt}"`;
    const web = published().serve(mcp, new Response(null, { status: 401, headers: { 'WWW-Authenticate': header } }));
    expect((await discover(web)).issuer).toBe(issuer);
  });

  it('inserts the well-known path before the path of the server, then looks at the root', async () => {
    const web = new FakeWeb({
      [rootResourceAt]: { ...resource, resource: 'https://mcp.example.com' },
      [serverAt]: metadata,
    });
    expect((await discover(web)).resource).toBe('https://mcp.example.com');
    expect(web.asked).toEqual([
      `GET ${mcp}`,
      `POST ${mcp}`,
      `GET ${resourceAt}`,
      `GET ${rootResourceAt}`,
      `GET ${serverAt}`,
    ]);
  });

  it.each([
    ['https://as.example.com/.well-known/oauth-authorization-server/tenant', 2],
    ['https://as.example.com/.well-known/openid-configuration/tenant', 3],
    ['https://as.example.com/tenant/.well-known/openid-configuration', 4],
  ])('finds the metadata of an issuer with a path at %s', async (at) => {
    const tenant = { ...metadata, issuer: 'https://as.example.com/tenant' };
    const web = new FakeWeb({ [resourceAt]: { ...resource, authorization_servers: [tenant.issuer] }, [at]: tenant });
    expect((await discover(web)).issuer).toBe(tenant.issuer);
    expect(web.asked.at(-1)).toBe(`GET ${at}`);
  });

  it('tries the authorization servers in their order until one can be used', async () => {
    const authorization_servers = ['https://gone.example.com', 'https://old.example.com', issuer];
    const old = { ...metadata, issuer: 'https://old.example.com', code_challenge_methods_supported: undefined };
    const web = published({ resource: { authorization_servers } });
    web.serve('https://old.example.com/.well-known/oauth-authorization-server', old);
    expect((await discover(web)).issuer).toBe(issuer);
  });

  it('takes the host for the issuer where nothing says otherwise (2025-03-26), and names the server as resource', async () => {
    const own = { ...metadata, issuer: 'https://mcp.example.com' };
    const web = new FakeWeb({ 'https://mcp.example.com/.well-known/oauth-authorization-server': own });
    expect(await discover(web)).toMatchObject({ issuer: own.issuer, resource: mcp, scopes: [], source: 'discovery' });
  });

  it('asks for refresh tokens where the server says how', async () => {
    const web = published({ metadata: { scopes_supported: ['offline_access'] } });
    expect((await discover(web)).scopes).toEqual(['read', 'write', 'offline_access']);
  });

  it('follows a redirect within the host, and none away from it', async () => {
    const moved = (to: string) => new Response(null, { status: 302, headers: { location: to } });
    const within = published().serve(resourceAt, moved('/meta')).serve('https://mcp.example.com/meta', resource);
    expect((await discover(within)).issuer).toBe(issuer);
    const away = published()
      .serve(resourceAt, moved('https://evil.example/meta'))
      .serve('https://evil.example/meta', resource);
    await expect(discover(away)).rejects.toMatchObject({ code: 'oauth_server.not_discovered' });
    expect(away.asked).not.toContain('GET https://evil.example/meta');
  });

  it('knows Google by its endpoints, and PKCE of Microsoft, whose metadata do not mention it', async () => {
    const google = {
      authorization_endpoint: 'https://accounts.google.com/o/oauth2/v2/auth',
      token_endpoint: 'https://oauth2.googleapis.com/token',
    };
    expect((await discover(published({ metadata: google }))).provider).toBe('google');
    const token_endpoint = 'https://login.microsoftonline.com/9f1c/oauth2/v2.0/token';
    const microsoft = { token_endpoint, code_challenge_methods_supported: undefined };
    expect(await discover(published({ metadata: microsoft }))).toMatchObject({ provider: 'microsoft', pkceS256: true });
  });

  it('ends in the table for a known host that publishes nothing, and only for it', async () => {
    const known = await discover(new FakeWeb(), 'https://mcp.linear.app/sse');
    expect(known).toMatchObject({
      source: 'known_provider',
      provider: 'linear',
      scopes: ['read', 'write'],
      resource: null,
    });
    for (const url of [
      'https://evil.example/?x=linear.app',
      'https://linear.app.evil.example/',
      'https://notlinear.app/',
    ]) {
      await expect(discover(new FakeWeb(), url)).rejects.toMatchObject({ code: 'oauth_server.not_discovered' });
    }
  });

  it('tells a host that cannot be reached from one that publishes nothing, and a forbidden one from both', async () => {
    const dead = new FakeWeb();
    const fetch = () => Promise.reject(FakeWeb.unreachable());
    const refusing = () => Promise.reject(egressErrors.urlNotAllowed());
    const means = { allowed: () => true };
    const url = new URL(mcp);
    await expect(discover(dead)).rejects.toMatchObject({ code: 'oauth_server.not_discovered' });
    await expect(discoverServer(url, { ...means, fetch })).rejects.toMatchObject({ code: 'oauth_server.unreachable' });
    await expect(discoverServer(url, { ...means, fetch: refusing })).rejects.toMatchObject({
      code: 'egress.url_not_allowed',
    });
  });

  it('ends when its time is over, however many requests are left', async () => {
    const hanging = (_url: unknown, init?: RequestInit) =>
      new Promise<Response>((_resolve, reject) => {
        if (init?.signal?.aborted) reject(new Error('aborted'));
        init?.signal?.addEventListener('abort', () => reject(new Error('aborted')));
      });
    const means = { fetch: hanging, allowed: () => true, deadlineMs: 30 };
    await expect(discoverServer(new URL(mcp), means)).rejects.toMatchObject({ code: 'oauth_server.unreachable' });
  });
});

describe('row 15: metadata that describe somebody else', () => {
  it.each([
    ['another issuer', 'https://evil.example'],
    ['the issuer in another case', 'https://AS.example.com'],
    ['the issuer with a path', 'https://as.example.com/tenant'],
    ['the issuer with its default port', 'https://as.example.com:443'],
  ])('%s is refused', async (_case, other) => {
    const refusal = { code: 'oauth_server.issuer_mismatch', status: 422 };
    await expect(discover(published({ metadata: { issuer: other } }))).rejects.toMatchObject(refusal);
  });

  it('the slash of a path is no trifle: /tenant/ is not /tenant', async () => {
    const asked = 'https://as.example.com/tenant';
    const web = new FakeWeb({ [resourceAt]: { ...resource, authorization_servers: [asked] } });
    web.serve(`${issuer}/.well-known/oauth-authorization-server/tenant`, { ...metadata, issuer: `${asked}/` });
    await expect(discover(web)).rejects.toMatchObject({ code: 'oauth_server.issuer_mismatch' });
  });

  it('the slash of an empty path is forgiven, and the spelling of the metadata kept', async () => {
    const web = published({ resource: { authorization_servers: [`${issuer}/`] } });
    expect((await discover(web)).issuer).toBe(issuer);
    expect((await discover(published({ metadata: { issuer: `${issuer}/` } }))).issuer).toBe(`${issuer}/`);
  });

  it.each([
    ['another host', 'https://evil.example/team/mcp'],
    ['another path', 'https://mcp.example.com/other'],
    ['a slash more', 'https://mcp.example.com/team/mcp/'],
    ['the host alone, where the path should stand', 'https://mcp.example.com'],
    ['plain http', 'http://mcp.example.com/team/mcp'],
  ])('a resource with %s is refused', async (_case, other) => {
    const refusal = { code: 'oauth_server.resource_mismatch', status: 422 };
    await expect(discover(published({ resource: { resource: other } }))).rejects.toMatchObject(refusal);
  });

  it('a resource without a path may end in a slash or not', async () => {
    for (const spelled of ['https://mcp.example.com', 'https://mcp.example.com/']) {
      const web = new FakeWeb({ [rootResourceAt]: { ...resource, resource: spelled }, [serverAt]: metadata });
      expect((await discover(web, 'https://mcp.example.com')).resource).toBe(spelled);
    }
  });
});

describe('row 16: PKCE', () => {
  it.each([
    ['no challenge methods', undefined],
    ['only plain', ['plain']],
    ['none at all', []],
    ['something else', 'S256'],
  ])('a server that names %s is refused with the reason', async (_case, methods) => {
    const call = discover(published({ metadata: { code_challenge_methods_supported: methods } }));
    await expect(call).rejects.toMatchObject({ code: 'oauth_server.pkce_unsupported', status: 422 });
    await expect(call).rejects.toThrow('as.example.com does not say that it supports PKCE with S256');
  });
});

describe('row 17: endpoints that nobody may be sent to', () => {
  const bad = [
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'http://as.example.com/x',
    'not a url',
    '/authorize',
  ];
  const internal = [
    'https://10.0.0.8/token',
    'https://169.254.169.254/',
    'https://[::1]/token',
    'https://localhost/token',
  ];

  it.each([...bad, ...internal])('%s is refused at discovery', async (url) => {
    for (const endpoint of ['authorization_endpoint', 'token_endpoint', 'registration_endpoint']) {
      const call = discover(published({ metadata: { [endpoint]: url } }));
      await expect(call).rejects.toMatchObject({ code: 'oauth_server.endpoint_not_allowed', status: 422 });
    }
  });

  it('one that cannot be used for revocation is left out', async () => {
    const web = published({ metadata: { revocation_endpoint: 'https://10.0.0.8/revoke' } });
    expect((await discover(web)).revocationEndpoint).toBeNull();
  });

  it('what the operator lists is let through', async () => {
    const web = published({ metadata: { token_endpoint: 'http://10.0.0.8/token' } });
    expect((await discover(web, mcp, '10.0.0.0/8')).tokenEndpoint).toBe('http://10.0.0.8/token');
  });
});
