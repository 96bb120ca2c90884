import { describe, expect, it } from 'vitest';
import { decodeCursor, encodeCursor } from './credential-cursor.js';
import { baseUrlOf, checkValue, instantOf, normalizedTags } from './credential-rules.js';

describe('the rules of credential values', () => {
  it.each([
    ['USERPASS without a user name', 'USERPASS', 'x', 'username is required for USERPASS credentials'],
    ['an SSH key that is no PEM', 'SSH_KEY', 'abc', 'value of SSH_KEY credentials must be a PEM private key'],
    ['a key given as certificate', 'CERTIFICATE', '-----BEGIN PRIVATE KEY-----', 'must be a PEM certificate'],
    ['an endpoint that is no URL', 'ENDPOINT_URL', 'example', 'value must be a valid URL'],
    ['an endpoint of another scheme', 'ENDPOINT_URL', 'file:///etc/passwd', 'value must be an http or https URL'],
    ['an endpoint with a password', 'ENDPOINT_URL', 'https://a:b@example.com', 'must not hold a user name or password'],
    ['a value over 64 KiB, counted in bytes', 'SECRET', 'é'.repeat(40_000), 'value is too long (max 65536 bytes)'],
  ] as const)('refuses %s', (_case, type, value, reason) => {
    expect(() => checkValue(type, value, null)).toThrow(reason);
  });

  it('takes an OpenSSH key', () => {
    expect(() => checkValue('SSH_KEY', '-----BEGIN OPENSSH PRIVATE KEY-----\nabc', null)).not.toThrow();
  });

  it('never shows the query of an endpoint, where tokens stand', () => {
    expect(baseUrlOf('https://example.com/v1/mcp?key=canary#canary')).toBe('https://example.com/v1/mcp');
  });

  it('stores tags trimmed, in lower case and once', () => {
    expect(normalizedTags([' Prod ', 'prod', 'EU'])).toEqual(['prod', 'eu']);
  });

  it.each(['2026-02-03', 'tomorrow', '2026-13-03T00:00:00Z'])('takes %s for no instant', (text) => {
    expect(() => instantOf(text)).toThrow('token_expires_at must be an RFC 3339 date and time');
  });

  it('reads back the cursor that it hands out, and refuses any other text', () => {
    const cursor = { createdAt: new Date('2026-01-02T03:04:05.678Z'), id: 'cabc' };
    expect(decodeCursor(encodeCursor(cursor))).toEqual(cursor);
    expect(() => decodeCursor('djE6')).toThrow('invalid cursor');
    expect(() => decodeCursor(Buffer.from('v1:never|cabc').toString('base64url'))).toThrow('invalid cursor');
  });
});
