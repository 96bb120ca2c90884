import { describe, expect, it } from 'vitest';
import { readCallback } from './index.js';

const issuer = 'https://as.example.com';
const expected = { issuer, issRequired: true, state: 'the-state', clientId: 'client' };

function read(parameters: Record<string, string>, changes: Partial<typeof expected> | { issuer: null } = {}) {
  const given = new URLSearchParams({ state: 'the-state', ...parameters });
  return readCallback(given, { ...expected, ...changes });
}

describe('an authorization response', () => {
  it('gives its code when state and issuer are those of the question', () => {
    expect(read({ code: 'abc', iss: issuer })).toEqual({ ok: true, code: 'abc' });
  });

  it('may leave the issuer out where it was not promised', () => {
    expect(read({ code: 'abc' }, { issRequired: false })).toEqual({ ok: true, code: 'abc' });
  });

  it('of a provider without a recorded issuer is not held against one', () => {
    expect(read({ code: 'abc', iss: 'https://whoever.example' }, { issuer: null })).toEqual({ ok: true, code: 'abc' });
  });

  it('gives its error, and the words without what could harm a page or a log', () => {
    const error_description = `The user\u202e said\r\n no${'!'.repeat(400)}`;
    const answer = read({ error: 'access_denied', error_description, iss: issuer });
    expect(answer).toMatchObject({ ok: false, error: 'access_denied' });
    expect(!answer.ok && answer.description).toMatch(/^The user said no!+…$/);
    expect(!answer.ok && answer.description?.length).toBe(200);
    expect(read({ error: '<script>', iss: issuer })).toEqual({ ok: false, error: 'unknown_error', description: null });
  });

  it.each([
    ['another state', { code: 'abc', iss: issuer, state: 'other' }],
    ['no code', { iss: issuer }],
    ['a token of the implicit flow', { code: 'abc', iss: issuer, id_token: 'x' }],
    ['a wrapped response (JARM)', { response: 'ey', iss: issuer }],
  ])('with %s is refused', (_case, parameters) => {
    expect(() => read(parameters)).toThrow(expect.objectContaining({ code: 'oauth_server.malformed_callback' }));
  });

  it('that gives a parameter twice is refused', () => {
    const twice = new URLSearchParams(`state=the-state&iss=${issuer}&code=a&state=the-state`);
    expect(() => readCallback(twice, expected)).toThrow(
      expect.objectContaining({ code: 'oauth_server.malformed_callback' }),
    );
  });
});

describe('row 14: mix-up', () => {
  it.each([
    ['of another server', { code: 'abc', iss: 'https://evil.example' }],
    ['that was promised and is missing', { code: 'abc' }],
    ['with a slash more', { code: 'abc', iss: `${issuer}/` }],
    ['in another case', { code: 'abc', iss: 'https://AS.example.com' }],
    ['of another server on an error', { error: 'access_denied', iss: 'https://evil.example' }],
    ['missing on an error', { error: 'access_denied' }],
  ])('an issuer %s is refused before the code is used', (_case, parameters) => {
    expect(() => read(parameters)).toThrow(expect.objectContaining({ code: 'oauth_server.wrong_issuer' }));
  });

  it('an issuer that was not promised is compared all the same', () => {
    const call = () => read({ code: 'abc', iss: 'https://evil.example' }, { issRequired: false });
    expect(call).toThrow(expect.objectContaining({ code: 'oauth_server.wrong_issuer' }));
  });

  it('the words of another server are not repeated', () => {
    const call = () => read({ error: 'evil', error_description: 'call 555', iss: 'https://evil.example' });
    expect(call).not.toThrow('555');
    expect(call).toThrow('not used');
  });
});
