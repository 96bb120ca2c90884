import { describe, expect, it } from 'vitest';
import { egressErrors } from '#egress';
import { TokenRequestFailure } from '#oauth';
import { vaultErrors } from '#vault';
import { judgeRefreshFailure } from './refresh-failure.js';

const transient = (errorCode: string, cause?: unknown) =>
  new TokenRequestFailure({ kind: 'transient', errorCode, reason: 'said the server', retryAfterMs: 7_000, cause });

describe('a renewal that failed', () => {
  it.each([
    ['the deadline', transient('timeout'), 'timeout'],
    ['a gateway', transient('http_502'), 'http_5xx'],
    ['a server that says so in JSON', transient('temporarily_unavailable'), 'http_5xx'],
    ['a limit', transient('http_429'), 'rate_limited'],
    ['an address that is gone', transient('http_404'), 'http_4xx'],
    ['a login page with status 200', transient('not_json'), 'malformed'],
    ['a token of another type', transient('token_type'), 'malformed'],
    ['a name without an address', transient('unreachable', failedBy('dns')), 'dns'],
    ['a certificate', transient('unreachable', failedBy('tls')), 'tls'],
    ['a closed port', transient('unreachable', failedBy('refused')), 'unreachable'],
    ['an address that became forbidden', transient('address_not_allowed'), 'unreachable'],
    ['our own key ring', vaultErrors.unreadable(), 'internal'],
    ['our own mistake', new TypeError('x'), 'internal'],
  ])('because of %s says nothing about the tokens', (_case, error, errorClass) => {
    expect(judgeRefreshFailure(error).errorClass).toBe(errorClass);
  });

  it('because the server refused is definitive, in the words that may be shown', () => {
    const refusal = new TokenRequestFailure({ kind: 'definitive', errorCode: 'invalid_grant', reason: 'It said no' });
    expect(judgeRefreshFailure(refusal)).toEqual({
      errorClass: 'definitive',
      errorCode: 'invalid_grant',
      reason: 'It said no',
      retryAfterMs: null,
    });
  });

  it('because of ourselves shows nothing of the fault', () => {
    expect(judgeRefreshFailure(new Error('canary-1')).reason).not.toContain('canary-1');
  });
});

function failedBy(failure: string) {
  return egressErrors.connectionFailed({ params: { reason: 'x' }, details: { failure } });
}
