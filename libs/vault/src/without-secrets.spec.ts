import { describe, expect, it } from 'vitest';
import { withoutSecrets } from './without-secrets.js';

describe('a text without secrets', () => {
  const token = `ghp_${'a1B2'.repeat(9)}`;

  it.each([
    [`use ${token}, please`, token],
    ['db is postgres://app:correct-horse@db.internal/app', 'correct-horse'],
    ['send Authorization: Bearer abcdefgh12345678', 'abcdefgh12345678'],
    ['export STRIPE_API_KEY="not-of-a-known-form"', 'not-of-a-known-form'],
    ['https://x.example.com/?api_key=0123456789abcdef&x=1', '0123456789abcdef'],
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n-----END RSA PRIVATE KEY-----\nafter', 'MIIEpAIBAAKCAQEA'],
    ['-----BEGIN PRIVATE KEY-----\nMIIEpAIBAAKCAQEA', 'MIIEpAIBAAKCAQEA'],
  ])('does not hold what %j holds', (text, secret) => {
    const clean = withoutSecrets(text);
    expect(clean).not.toContain(secret);
    expect(clean).toContain('***');
  });

  it.each([
    'Releases are cut on Thursdays; see https://wiki.example.com/releases?page=2',
    'MAX_TOKENS=4096 and LOG_LEVEL=debug',
    'The author is Jane, the passport office is closed.',
  ])('leaves %j as it is', (text) => {
    expect(withoutSecrets(text)).toBe(text);
  });

  it('takes no longer than its length', () => {
    const started = performance.now();
    for (const piece of ['a=', 'Bearer ', '-----BEGIN PRIVATE KEY-----', 'x://', 'eyJ', 'password=', 'sk-'])
      withoutSecrets(piece.repeat(Math.floor(100_000 / piece.length)));
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
