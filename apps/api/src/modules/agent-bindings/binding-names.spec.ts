import { describe, expect, it } from 'vitest';
import { requireHeaderName, requireVariableName } from './binding-names.js';

describe('where a credential may be sent', () => {
  it.each(['X-API-Key', 'authorization', 'x-goog-api-key'])('the header %s is fine', (name) => {
    expect(() => requireHeaderName(name)).not.toThrow();
  });

  it.each([
    ['Host', 'name_not_allowed'],
    ['content-length', 'name_not_allowed'],
    ['Mcp-Session-Id', 'name_not_allowed'],
    ['X Key', 'invalid_name'],
    ['X-Key:', 'invalid_name'],
    ['X-Key\r\nHost', 'invalid_name'],
    ['__proto__', 'invalid_name'],
    ['ключ', 'invalid_name'],
  ])('the header %j is refused', (name, code) => {
    expect(() => requireHeaderName(name)).toThrow(
      expect.objectContaining({ kind: 'invalid', fields: [expect.objectContaining({ field: 'cred_header', code })] }),
    );
  });

  it.each(['GITHUB_TOKEN', '_token', 'a1'])('the variable %s is fine', (name) => {
    expect(() => requireVariableName(name)).not.toThrow();
  });

  it.each([
    ['PATH', 'name_not_allowed'],
    ['ld_preload', 'name_not_allowed'],
    ['NODE_OPTIONS', 'name_not_allowed'],
    ['CREWSHIP_TOKEN', 'name_not_allowed'],
    ['1TOKEN', 'invalid_name'],
    ['MY-TOKEN', 'invalid_name'],
    ['A=B', 'invalid_name'],
    ['__proto__', 'invalid_name'],
  ])('the variable %j is refused', (name, code) => {
    expect(() => requireVariableName(name)).toThrow(
      expect.objectContaining({ kind: 'invalid', fields: [expect.objectContaining({ field: 'env_var_name', code })] }),
    );
  });
});
