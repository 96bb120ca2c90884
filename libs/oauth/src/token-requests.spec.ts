import { describe, expect, it } from 'vitest';
import { egressErrors } from '#egress';
import { Secret } from '#kernel';
import { FakeWeb } from './fake-web.fixture.js';
import { exchangeCode, type OauthClient } from './index.js';
import {
  client,
  endpointOf,
  exchange,
  failure,
  good,
  grant,
  inSeconds,
  now,
  refresh,
  tokenEndpoint,
} from './token-calls.fixture.js';

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

  it.each(['mac', 'DPoP', 'N_A', ''])('token_type %p is refused', async (token_type) => {
    expect(await failure(refresh({ ...good, token_type }))).toMatchObject({
      kind: 'definitive',
      errorCode: 'token_type',
    });
  });

  it('an answer without a token type means bearer tokens', async () => {
    const { tokens } = await exchange({ ...good, token_type: undefined });
    expect(tokens.accessToken.reveal()).toBe('at-canary-3');
  });

  it('an answer in the form style is read where JSON was asked for', async () => {
    const form = new Response(new URLSearchParams({ access_token: 'gho_1', scope: 'repo', token_type: 'bearer' }));
    const { tokens } = await exchange(form);
    expect(tokens).toMatchObject({ grantedScopes: 'repo', refreshToken: null });
    expect(tokens.accessToken.reveal()).toBe('gho_1');
    const refused = new Response(new URLSearchParams({ error: 'invalid_grant' }));
    expect(await failure(exchange(refused))).toMatchObject({ kind: 'definitive', errorCode: 'invalid_grant' });
  });

  it.each(['at\r\nX-Evil: 1', 'at\u0000', 'tökén'])(
    'a token that no header could carry is refused: %j',
    async (token) => {
      expect(await failure(refresh({ ...good, access_token: token }))).toMatchObject({
        errorCode: 'unreadable_answer',
      });
    },
  );

  it('scopes that are no words are left out, and so is a refresh token that could not be sent', async () => {
    const { tokens } = await exchange({ ...good, scope: 'read a\u0000b', refresh_token: 'rt\u0000' });
    expect(tokens).toMatchObject({ grantedScopes: 'read', refreshToken: null });
  });
});
