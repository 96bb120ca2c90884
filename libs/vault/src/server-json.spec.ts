import { describe, expect, it } from 'vitest';
import type { AppError } from '#kernel';
import { isHeaderValue, parseArgsJson, parseConfigJson, parseEnvJson } from './index.js';

function faultsOf(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    const { status, code, fields } = error as AppError;
    return { status, code, fields: fields.map((fault) => [fault.field, fault.code]) };
  }
  return 'accepted';
}
const refused = (...fields: [string, string][]) => ({ status: 400, code: 'server_config.invalid', fields });
const nested = (depth: number) => `${'{"a":'.repeat(depth - 1)}{}${'}'.repeat(depth - 1)}`;

describe('every JSON column', () => {
  it.each([
    ['not JSON', '{"a":canary}', 'invalid_json'],
    ['something after the value', '{} x', 'invalid_json'],
    ['nested deeper than 32 levels', nested(33), 'too_deep'],
    ['nested 20,000 levels', '['.repeat(20_000) + ']'.repeat(20_000), 'too_deep'],
    ['longer than 64 KiB', JSON.stringify({ a: 'é'.repeat(33_000) }), 'too_long'],
    ['the same key twice, the first one hidden', '{"TOKEN":"canary","TOKEN":"x"}', 'duplicate_key'],
    ['a key twice, once escaped', String.raw`{"A":"1","\u0041":"2"}`, 'duplicate_key'],
    ['a key "__proto__"', '{"__proto__":{"enabled":true}}', 'key_not_allowed'],
    ['a key "__proto__" further down', '{"a":[{"__proto__":1}]}', 'key_not_allowed'],
    ['half a surrogate pair', String.raw`{"a":"\ud83d"}`, 'not_unicode'],
  ])('is refused with %s', (_what, text, code) => {
    expect(faultsOf(() => parseConfigJson(text))).toEqual(refused(['config_json', code]));
    expect(faultsOf(() => parseEnvJson(text))).toEqual(refused(['env_json', code]));
    expect(faultsOf(() => parseArgsJson(text))).toEqual(refused(['args_json', code]));
  });

  it('is accepted up to its limits', () => {
    expect(faultsOf(() => parseConfigJson(nested(32)))).toBe('accepted');
    expect(parseEnvJson(JSON.stringify({ A: 'x'.repeat(65_528) })).get('A')).toHaveLength(65_528);
    expect(faultsOf(() => parseEnvJson(String.raw`{"A":"a:b\",\"c\":\\","B":"{\"A\":1}"}`))).toBe('accepted');
  });

  it('repeats no value in its error, not even in the cause', () => {
    const work = () => parseEnvJson('{"TOKEN":canary-1}');
    expect(work).toThrow(expect.objectContaining({ message: 'env_json is not valid JSON', cause: undefined }));
  });

  it('leaves prototypes alone', () => {
    const env = parseEnvJson('{"constructor":"x","toString":"y"}');
    expect([env.get('constructor'), env.get('hasOwnProperty')]).toEqual(['x', undefined]);
    expect(Object.hasOwn(Object.prototype, 'enabled')).toBe(false);
  });

  it('is empty when it is blank', () => {
    expect([parseEnvJson('').size, parseArgsJson(' '), parseConfigJson('').config]).toEqual([0, [], {}]);
  });
});

describe('env_json', () => {
  it.each(
    `PATH Path NODE_OPTIONS node_options LD_PRELOAD LD_LIBRARY_PATH LD_AUDIT DYLD_INSERT_LIBRARIES PYTHONPATH PYTHONSTARTUP
    BASH_ENV PERL5OPT RUBYOPT JAVA_TOOL_OPTIONS npm_config_node_options GIT_SSH_COMMAND GIT_CONFIG_COUNT`.split(/\s+/),
  )('refuses %s, by which a process runs other code', (name) => {
    expect(faultsOf(() => parseEnvJson(JSON.stringify({ [name]: 'x' })))).toEqual(
      refused([`env_json.${name}`, 'name_not_allowed']),
    );
  });

  it('lists every fault by its variable', () => {
    const text = JSON.stringify({ '1A': 'x', 'A-B': 'x', '': 'x', C: 1, D: true, E: null, F: { g: 1 }, G: 'a\0b' });
    expect(faultsOf(() => parseEnvJson(text))).toEqual(
      refused(
        ['env_json.1A', 'invalid_name'],
        ['env_json.A-B', 'invalid_name'],
        ['env_json.', 'invalid_name'],
        ['env_json.C', 'wrong_type'],
        ['env_json.D', 'wrong_type'],
        ['env_json.E', 'wrong_type'],
        ['env_json.F', 'wrong_type'],
        ['env_json.G', 'invalid_value'],
      ),
    );
    expect(faultsOf(() => parseEnvJson('["A"]'))).toEqual(refused(['env_json', 'wrong_type']));
  });

  it("gives no credential to the platform's own variables, but does to those of databases", () => {
    const env = (name: string, value: string) => () => parseEnvJson(JSON.stringify({ [name]: value }));
    expect(faultsOf(env('CREWSHIP_TOKEN', '{{credential:a}}'))).toEqual(
      refused(['env_json.CREWSHIP_TOKEN', 'name_not_allowed']),
    );
    expect(faultsOf(env('CREWSHIP_LOG', 'debug'))).toBe('accepted');
    expect(faultsOf(env('DATABASE_URL', '{{credential:a}}'))).toBe('accepted');
  });
});

describe('args_json', () => {
  it('is an array of strings and nothing else', () => {
    expect(parseArgsJson('["-y","a b","{{credential:x}}",""]')).toEqual(['-y', 'a b', '{{credential:x}}', '']);
    expect(faultsOf(() => parseArgsJson('{"0":"a"}'))).toEqual(refused(['args_json', 'wrong_type']));
    expect(faultsOf(() => parseArgsJson('"-y"'))).toEqual(refused(['args_json', 'wrong_type']));
    expect(faultsOf(() => parseArgsJson(String.raw`["a",1,null,"\u0000"]`))).toEqual(
      refused(['args_json.1', 'wrong_type'], ['args_json.2', 'wrong_type'], ['args_json.3', 'invalid_value']),
    );
  });
});

describe('config_json', () => {
  it.each(
    `Host host Content-Length Transfer-Encoding Connection Keep-Alive Proxy-Authorization TE Trailer Upgrade Expect
    Mcp-Session-Id`.split(/\s+/),
  )('refuses the header %s', (name) => {
    expect(faultsOf(() => parseConfigJson(JSON.stringify({ headers: { [name]: 'x' } })))).toEqual(
      refused([`config_json.headers.${name}`, 'name_not_allowed']),
    );
  });

  it.each([
    ['a line break in the value', { 'X-A': 'a\r\nHost: evil' }, ['X-A', 'invalid_value']],
    ['a NUL in the value', { 'X-A': 'a\0' }, ['X-A', 'invalid_value']],
    ['a character above U+00FF', { 'X-A': 'ключ' }, ['X-A', 'invalid_value']],
    ['a space in the name', { 'X A': 'a' }, ['X A', 'invalid_name']],
    ['a line break in the name', { 'X\nA': 'a' }, ['X?A', 'invalid_name']],
    ['no name', { '': 'a' }, ['', 'invalid_name']],
    ['a number', { 'X-A': 1 }, ['X-A', 'wrong_type']],
    ['null', { 'X-A': null }, ['X-A', 'wrong_type']],
    ['a name twice but for its case', { 'X-A': 'a', 'x-a': 'b' }, ['x-a', 'duplicate_key']],
  ] as const)('refuses headers with %s', (_what, headers, [name, code]) => {
    expect(faultsOf(() => parseConfigJson(JSON.stringify({ headers })))).toEqual(
      refused([`config_json.headers.${name}`, code]),
    );
  });

  it('accepts references of any spelling in a header, whose rendered value is checked again', () => {
    const { headers } = parseConfigJson('{"headers":{"Authorization":"Bearer {{credential:ключ}}"},"timeout_ms":5}');
    expect([...headers]).toEqual([['Authorization', 'Bearer {{credential:ключ}}']]);
    expect([isHeaderValue('Bearer x\r\ny: z'), isHeaderValue('Bearer x'), isHeaderValue('')]).toEqual([
      false,
      true,
      true,
    ]);
  });

  it('lets an override remove a header by null', () => {
    const read = () =>
      parseConfigJson('{"headers":{"X-A":null,"X-B":"b"}}', { field: 'config_override_json', patch: true });
    expect([...read().headers]).toEqual([['X-B', 'b']]);
    expect(read().config).toEqual({ headers: { 'X-A': null, 'X-B': 'b' } });
  });

  it('must be an object', () => {
    expect(faultsOf(() => parseConfigJson('[]'))).toEqual(refused(['config_json', 'wrong_type']));
    expect(faultsOf(() => parseConfigJson('null'))).toEqual(refused(['config_json', 'wrong_type']));
    expect(faultsOf(() => parseConfigJson('{"headers":["a"]}'))).toEqual(
      refused(['config_json.headers', 'wrong_type']),
    );
  });
});
