import { describe, expect, it } from 'vitest';
import { egressErrors } from '#egress';
import { FakeWeb } from './fake-web.fixture.js';
import { client, failure, refresh } from './token-calls.fixture.js';

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
