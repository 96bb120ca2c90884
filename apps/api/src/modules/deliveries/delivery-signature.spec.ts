import { describe, expect, it } from 'vitest';
import { Secret } from '#kernel';
import { signatureOf } from './delivery-signature.js';

describe('the signature of a delivery', () => {
  it('is the HMAC of timestamp, full stop and body, as `openssl dgst -sha256 -hmac key` computes it', () => {
    expect(signatureOf(new Secret('key'), 1_700_000_000, '{"a":"ü"}')).toBe(
      'v1=6eabb7586c53a6ace95fa4f2ebac847e7ba1d9cfd365d3461cb354c37b16774a',
    );
  });
});
