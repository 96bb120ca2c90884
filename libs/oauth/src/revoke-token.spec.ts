import { describe, expect, it } from 'vitest';
import { Secret } from '#kernel';
import { type FakeAnswer, FakeWeb } from './fake-web.fixture.js';
import { revokeToken } from './index.js';
import { client, failure, now } from './token-calls.fixture.js';

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
