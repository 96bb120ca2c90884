import { describe, expect, it } from 'vitest';
import type { Connection } from './connection-rules.js';
import { secretsThatWouldMove } from './moved-secrets-rules.js';

const at = (endpoint: string): Connection => ({ transport: 'streamable-http', endpoint, command: null });
const from = at('https://a.example/mcp');
const secrets = { from, kept: ['env_json.TOKEN'], credentialId: 'k1', givenCredentialId: undefined };

describe('secrets that a change would move', () => {
  it('are all that stay while the host changes', () => {
    expect(secretsThatWouldMove({ ...secrets, to: at('https://b.example/mcp') })).toEqual([
      'env_json.TOKEN',
      'credential_id',
    ]);
    const program: Connection = { transport: 'stdio', endpoint: null, command: 'npx' };
    expect(secretsThatWouldMove({ ...secrets, to: program })).toHaveLength(2);
  });

  it('are none while host, port and scheme stay', () => {
    expect(secretsThatWouldMove({ ...secrets, to: at('https://a.example/v2') })).toEqual([]);
  });

  it.each([
    ['confirmed', 'k1'],
    ['replaced', 'k2'],
    ['cleared', null],
  ])('do not include a credential that the same request has %s', (_, givenCredentialId) => {
    const moved = secretsThatWouldMove({ ...secrets, kept: [], givenCredentialId, to: at('https://b.example') });
    expect(moved).toEqual([]);
  });
});
