import { describe, expect, it } from '@jest/globals';
import { egressErrors } from '#egress';
import { Secret } from '#kernel';
import { type FakeAnswer, FakeWeb } from './fake-web.fixture.js';
import {
  exchangeCode,
  type OauthClient,
  type ProviderKey,
  providers,
  refreshTokens,
  revokeToken,
  TokenRequestFailure,
} from './index.js';

const tokenEndpoint = 'https://as.example.com/token';
const now = new Date('2026-11-22T10:00:00Z');
const inSeconds = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const client: OauthClient = {
  clientId: 'client',
  clientSecret: new Secret('s3cret-canary_1'),
  authMethod: 'client_secret_post',
};
const grant = {
  code: 'code-canary-2',
  redirectUri: 'https://us.example/cb',
  codeVerifier: 'v'.repeat(43),
  resource: 'https://mcp.example.com/mcp',
};
const good = {
  access_token: 'at-canary-3',
  token_type: 'Bearer',
  expires_in: 3600,
  refresh_token: 'rt-canary-4',
  scope: 'read write',
};

interface Setting {
  provider?: ProviderKey;
  client?: OauthClient;
}

function endpointOf(provider: ProviderKey | null) {
  return { issuer: null, tokenEndpoint: provider ? providers[provider].tokenEndpoint : tokenEndpoint, provider };
}

async function exchange(answer: FakeAnswer, setting: Setting = {}) {
  const endpoint = endpointOf(setting.provider ?? null);
  const web = new FakeWeb({ [endpoint.tokenEndpoint]: answer });
  return { tokens: await exchangeCode(endpoint, setting.client ?? client, grant, { fetch: web.fetch, now }), web };
}

async function refresh(answer: FakeAnswer, setting: Setting = {}) {
  const endpoint = endpointOf(setting.provider ?? null);
  const web = new FakeWeb({ [endpoint.tokenEndpoint]: answer });
  const asked = { refreshToken: new Secret('rt-canary-0'), resource: grant.resource };
  return { tokens: await refreshTokens(endpoint, setting.client ?? client, asked, { fetch: web.fetch, now }), web };
}

async function failure(call: Promise<unknown>): Promise<TokenRequestFailure> {
  const error: unknown = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof TokenRequestFailure)) throw new Error('no TokenRequestFailure', { cause: error });
  return error;
}

describe('the exchange of a code', () => {
  it('gives the tokens of the answer', async () => {
    const { tokens } = await exchange(good);
    expect(tokens).toMatchObject({ expiresAt: inSeconds(3600), grantedScopes: 'read write' });
    expect([tokens.accessToken.reveal(), tokens.refreshToken?.reveal()]).toEqual(['at-canary-3', 'rt-canary-4']);
  });

  it.each([
    ['client_secret_post', 'client', 's3cret-canary_1', null],
    ['client_secret_basic', null, null, `Basic ${Buffer.from('client:s3cret-canary_1').toString('base64')}`],
    ['none', 'client', null, null],
  ] as const)('authenticates with %s where it belongs, and nowhere else', async (authMethod, id, secret, header) => {
    const given = { ...client, authMethod, clientSecret: authMethod === 'none' ? null : client.clientSecret };
    const { form, headers } = (await exchange(good, { client: given })).web.last;
    expect([form.get('client_id'), form.get('client_secret'), headers.get('authorization')]).toEqual([
      id,
      secret,
      header,
    ]);
  });

  it('encodes what Basic must encode, and leaves the rest to servers that do not decode', async () => {
    const given: OauthClient = {
      clientId: 'a-b_c.d:e',
      clientSecret: new Secret('p/ä q'),
      authMethod: 'client_secret_basic',
    };
    const header = (await exchange(good, { client: given })).web.last.headers.get('authorization') ?? '';
    expect(Buffer.from(header.slice('Basic '.length), 'base64').toString()).toBe('a-b_c.d%3Ae:p%2F%C3%A4+q');
  });

  it.each([201, 203])('is done with status %d too', async (status) => {
    const { tokens } = await exchange(Response.json(good, { status }));
    expect(tokens.accessToken.reveal()).toBe('at-canary-3');
  });

  it('does not read an ID token, whoever it is from', async () => {
    const { tokens } = await exchange({ ...good, id_token: 'not.a.jwt' });
    expect(tokens.accessToken.reveal()).toBe('at-canary-3');
  });

  it('sends the code once, also when the answer is lost', async () => {
    const web = new FakeWeb({ [tokenEndpoint]: () => egressErrors.deadlineExceeded({ params: { seconds: 10 } }) });
    await failure(exchangeCode(endpointOf(null), client, grant, { fetch: web.fetch, now }));
    expect(web.requests).toHaveLength(1);
  });
});

describe('row 18: token requests', () => {
  it('carry the resource and the PKCE verifier, the refresh included', async () => {
    const exchanged = (await exchange(good)).web.last.form;
    expect(Object.fromEntries(exchanged)).toMatchObject({
      grant_type: 'authorization_code',
      code: grant.code,
      redirect_uri: grant.redirectUri,
      code_verifier: grant.codeVerifier,
      resource: grant.resource,
    });
    const refreshed = (await refresh(good)).web.last.form;
    expect(Object.fromEntries(refreshed)).toMatchObject({ grant_type: 'refresh_token', resource: grant.resource });
  });

  it('leave the resource out for the one provider that fails on it', async () => {
    expect((await refresh(good, { provider: 'microsoft' })).web.last.form.has('resource')).toBe(false);
  });
});

describe('row 23: a refresh that brings nothing but may be tried again', () => {
  const late = new Error('late');
  late.name = 'TimeoutError';

  it.each([
    ['status 500', new Response('boom', { status: 500 }), 'http_500'],
    ['status 503 with JSON', Response.json({ error: 'invalid_grant' }, { status: 503 }), 'http_503'],
    ['status 429', Response.json({ error: 'slow_down' }, { status: 429 }), 'http_429'],
    ['status 404', new Response('no', { status: 404 }), 'http_404'],
    ['a redirect', new Response(null, { status: 302, headers: { location: '/login' } }), 'http_302'],
    ['HTML with status 200', new Response('<html>maintenance</html>'), 'not_json'],
    ['JSON that is no object', Response.json(['x']), 'not_json'],
    ['JSON without a token', {}, 'unreadable_answer'],
    ['an answer that is too large', egressErrors.responseTooLarge({ params: { maxBytes: 1 } }), 'unreadable_answer'],
    ['a deadline', egressErrors.deadlineExceeded({ params: { seconds: 10 } }), 'timeout'],
    ['a signal that ends it', late, 'timeout'],
    ['a name that does not resolve', FakeWeb.unreachable(), 'unreachable'],
    ['an address that is not allowed any more', egressErrors.urlNotAllowed(), 'address_not_allowed'],
    [
      'an error that says nothing final',
      Response.json({ error: 'temporarily_unavailable' }, { status: 400 }),
      'temporarily_unavailable',
    ],
    ['an error that is no word', Response.json({ error: { code: 7 } }, { status: 400 }), 'http_400'],
  ])('%s is transient', async (_case, answer, errorCode) => {
    expect(await failure(refresh(answer))).toMatchObject({ kind: 'transient', errorCode });
  });

  it.each([
    ['120', 120_000],
    ['Sun, 22 Nov 2026 10:00:30 GMT', 30_000],
    ['Sun, 22 Nov 2026 09:00:00 GMT', 0],
    ['99999999', 86_400_000],
    ['soon', null],
  ])('waits as Retry-After: %s says', async (header, retryAfterMs) => {
    const answer = new Response(null, { status: 429, headers: { 'retry-after': header } });
    expect(await failure(refresh(answer))).toMatchObject({ retryAfterMs });
  });

  it.each(['invalid_grant', 'invalid_client', 'unauthorized_client'])('%s is definitive', async (error) => {
    for (const status of [400, 401, 200]) {
      const answer = Response.json({ error }, { status, headers: { 'www-authenticate': 'Basic realm="as"' } });
      expect(await failure(refresh(answer))).toMatchObject({ kind: 'definitive', errorCode: error });
    }
  });
});

describe('row 24: odd answers', () => {
  const year = 365 * 24 * 3600;

  it.each([
    ['"3600"', '3600', inSeconds(3600)],
    ['3599.9', 3599.9, inSeconds(3599)],
    ['1e18', 1e18, inSeconds(year)],
    ['a negative number', -5, null],
    ['0', 0, null],
    ['null', null, null],
    ['words', 'forever', null],
    ['nothing', undefined, null],
  ])('expires_in of %s', async (_case, expires_in, expiresAt) => {
    expect((await refresh({ ...good, expires_in })).tokens.expiresAt).toEqual(expiresAt);
  });

  it('no new refresh token leaves the old one to the caller, and narrowed scopes are told', async () => {
    const { tokens } = await refresh({ ...good, refresh_token: undefined, scope: 'read' });
    expect(tokens).toMatchObject({ refreshToken: null, grantedScopes: 'read' });
    expect((await refresh({ ...good, scope: undefined })).tokens.grantedScopes).toBeNull();
  });

  it.each(['mac', 'DPoP', 'N_A', '', undefined])('token_type %p is refused', async (token_type) => {
    expect(await failure(refresh({ ...good, token_type }))).toMatchObject({
      kind: 'definitive',
      errorCode: 'token_type',
    });
  });

  it('a known provider may leave the token type out', async () => {
    const { tokens } = await exchange({ ...good, token_type: undefined }, { provider: 'stripe' });
    expect(tokens.accessToken.reveal()).toBe('at-canary-3');
  });
});

describe('row 25: an answer that echoes secrets', () => {
  it('is not repeated in any form', async () => {
    const echo = [
      client.clientSecret?.reveal(),
      'rt-canary-0',
      encodeURIComponent('rt-canary-0'),
      Buffer.from('s3cret-canary_1').toString('base64'),
    ];
    const answer = Response.json(
      { error: 'invalid_grant', error_description: `no: ${echo.join(' ')}` },
      { status: 400 },
    );
    const error = await failure(refresh(answer));
    const told = `${error.message} ${error.reason} ${JSON.stringify(error)} ${String(error.cause)} ${error.stack}`;
    expect(told).not.toMatch(/canary/);
    expect(told).not.toContain(Buffer.from('s3cret-canary_1').toString('base64').replace(/=+$/, ''));
    expect(error.reason).toContain('invalid_grant');
  });

  it('does not get its own words through as an error code, nor more than 200 characters', async () => {
    const answer = Response.json({ error: 'rt-canary-0 <b>', error_description: 'x'.repeat(999) }, { status: 400 });
    expect(await failure(refresh(answer))).toMatchObject({ errorCode: 'http_400' });
    const long = await failure(refresh(Response.json({ error: 'invalid_grant', error_description: 'x'.repeat(999) })));
    expect(long.reason.length).toBeLessThan(280);
  });
});

describe('providers that differ', () => {
  it('Slack: the token of a person is under authed_user when only user scopes were granted', async () => {
    const authed_user = { id: 'U1', access_token: 'xoxp-1', token_type: 'user', scope: 'search:read,users:read' };
    const { tokens } = await exchange({ ok: true, app_id: 'A1', authed_user }, { provider: 'slack' });
    expect([tokens.accessToken.reveal(), tokens.grantedScopes]).toEqual(['xoxp-1', 'search:read users:read']);
  });

  it('Slack: the token of the bot is taken when there is one', async () => {
    const answer = {
      ok: true,
      access_token: 'xoxb-1',
      token_type: 'bot',
      scope: 'chat:write',
      authed_user: { id: 'U1' },
    };
    expect((await exchange(answer, { provider: 'slack' })).tokens.accessToken.reveal()).toBe('xoxb-1');
  });

  it('Slack: ok: false is a failure with status 200', async () => {
    const error = await failure(exchange({ ok: false, error: 'invalid_code' }, { provider: 'slack' }));
    expect(error).toMatchObject({ kind: 'definitive', errorCode: 'invalid_grant' });
    expect(error.reason).toContain('invalid_code');
  });

  it('GitHub: an error is a failure with status 200', async () => {
    const answer = { error: 'bad_verification_code', error_description: 'The code is incorrect or expired.' };
    const error = await failure(exchange(answer, { provider: 'github' }));
    expect(error).toMatchObject({ kind: 'definitive', errorCode: 'invalid_grant' });
    expect(error.reason).toContain('incorrect or expired');
  });

  it('Notion: the exchange is JSON with Basic, and there need be no expiry and no refresh token', async () => {
    const notion: OauthClient = { ...client, authMethod: 'client_secret_basic' };
    const { tokens, web } = await exchange(
      { access_token: 'ntn_1', token_type: 'bearer', refresh_token: null },
      { provider: 'notion', client: notion },
    );
    expect(web.last.headers.get('content-type')).toBe('application/json');
    expect(JSON.parse(web.last.body)).toMatchObject({ grant_type: 'authorization_code', code: grant.code });
    expect(web.last.headers.get('authorization')).toMatch(/^Basic /);
    expect(tokens).toMatchObject({ refreshToken: null, expiresAt: null });
  });
});

describe('revocation', () => {
  const endpoint = { issuer: null, revocationEndpoint: 'https://as.example.com/revoke', provider: null };
  const revoked = { token: new Secret('rt-canary-0'), kind: 'refresh_token' as const };
  const revoke = (answer: FakeAnswer, web = new FakeWeb()) =>
    revokeToken(endpoint, client, revoked, { fetch: web.serve(endpoint.revocationEndpoint, answer).fetch, now });

  it('names the token and its kind, and is done with an empty answer', async () => {
    const web = new FakeWeb();
    await revoke(new Response(null, { status: 200 }), web);
    expect(Object.fromEntries(web.last.form)).toMatchObject({ token: 'rt-canary-0', token_type_hint: 'refresh_token' });
  });

  it('of a token that the server has forgotten is done', async () => {
    await expect(revoke(Response.json({ error: 'invalid_token' }, { status: 400 }))).resolves.toBeUndefined();
  });

  it.each([
    ['transient', new Response('', { status: 503 }), 'http_503'],
    ['transient', FakeWeb.unreachable(), 'unreachable'],
    ['definitive', Response.json({ error: 'unsupported_token_type' }, { status: 400 }), 'unsupported_token_type'],
  ] as const)('fails as %s', async (kind, answer, errorCode) => {
    expect(await failure(revoke(answer))).toMatchObject({ kind, errorCode });
  });
});
