import { describe, expect, it } from 'vitest';
import { looksMasked, maskOf } from './config-reading.js';

describe('the mask of a secret', () => {
  it.each([
    ['secret_12', '***'],
    ['x'.repeat(19), '***'],
    ['1234567890abcdefghij', '1234...ghij'],
  ])('of %s leaves enough of it to guess', (secret, mask) => {
    expect(maskOf(secret)).toBe(mask);
    expect(looksMasked(mask)).toBe(true);
  });
});
