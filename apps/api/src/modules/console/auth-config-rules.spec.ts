import { describe, expect, it } from 'vitest';
import { readAuth } from './auth-config-rules.js';
import type { AuthType } from './console.types.js';

const sentBy = (type: AuthType, config: Record<string, unknown> | null) => {
  const reading = readAuth(type, config);
  if (!reading.ok) return reading.faults.map(({ field, message }) => `${field}: ${message}`);
  const { credential } = reading.auth;
  return credential && { ...credential, value: credential.value.reveal() };
};

describe('auth_config by its auth type', () => {
  it.each<[AuthType, Record<string, unknown> | null, unknown]>([
    ['none', null, null],
    ['none', {}, null],
    ['none', { token: '', username: null }, null],
    ['api_key', { api_key: 'k', header_name: '' }, { value: 'k', credType: 'api_key', credHeader: null }],
    ['bearer', { token: ' t ' }, { value: 't', credType: 'bearer', credHeader: null }],
    ['basic', { username: 'u', password: ' p:w ' }, { value: 'u: p:w ', credType: 'basic', credHeader: null }],
    ['api_key', { api_key: 'k' }, { value: 'k', credType: 'api_key', credHeader: null }],
    ['api_key', { api_key: 'k', header_name: ' X-K ' }, { value: 'k', credType: 'api_key', credHeader: 'X-K' }],
    [
      'custom',
      { header_name: 'X-C', token: 't', api_key: 'k' },
      { value: 't', credType: 'api_key', credHeader: 'X-C' },
    ],
    ['custom', { header_name: 'X-C', api_key: 'k' }, { value: 'k', credType: 'api_key', credHeader: 'X-C' }],
    ['bearer', { token: 't', password: 'ignored' }, { value: 't', credType: 'bearer', credHeader: null }],
  ])('%s with %j is sent so', (type, config, sent) => {
    expect(sentBy(type, config)).toEqual(sent);
  });

  it.each<[AuthType, Record<string, unknown>, string[]]>([
    ['custom', {}, ['auth_config.header_name: is required', 'auth_config.token: is required']],
    [
      'basic',
      { username: 'a:b', password: 'p' },
      ['auth_config.username: must not contain a colon or control characters'],
    ],
    ['basic', { username: 'a', password: 'p\n' }, ['auth_config.password: must not contain control characters']],
    ['api_key', { api_key: 'ключ' }, ['auth_config.api_key: holds characters that no header may hold']],
    ['bearer', { token: 't', 'evil\nname': 'x' }, ['auth_config.evil?name: is not known here']],
    ['none', { token: 't' }, ['auth_config: must be absent for auth_type none']],
    ['bearer', { token: null }, ['auth_config.token: is required']],
  ])('%s with %j is refused', (type, config, faults) => {
    expect(sentBy(type, config)).toEqual(faults);
  });

  it.each(['Host', 'content-length', 'Transfer-Encoding', 'Connection', 'MCP-Protocol-Version', 'mcp-anything'])(
    'may not be sent as %s',
    (header_name) => {
      expect(sentBy('api_key', { api_key: 'k', header_name })).toEqual([
        'auth_config.header_name: names a header that the client sets itself; choose another',
      ]);
    },
  );
});
