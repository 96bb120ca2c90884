import { describe, expect, it } from 'vitest';
import { readFieldValues } from './field-values.js';
import { manifestOf } from './manifest.fixture.js';
import type { Manifest } from './manifest.schema.js';
import { materialise } from './materialise.js';

function installed(manifest: Manifest, submitted: Record<string, string>) {
  const read = readFieldValues(manifest, new Map(Object.entries(submitted)));
  if (!read.ok) throw new Error(JSON.stringify(read));
  const source = { manifest, values: read.values, instanceUrl: 'https://here.example' };
  const result = materialise(source, (key) => `{{credential:${key}}}`);
  if (!result.ok) return result;
  const { sealed, ...server } = result.server;
  return { server, sealed: sealed.map(({ key, value }) => [key, value.reveal()]) };
}

describe('an installed server', () => {
  it('refers to a credential wherever a secret field stands in a header', () => {
    expect(installed(manifestOf(), { token: 's3cret' })).toMatchObject({
      server: { headers: { Authorization: 'Bearer {{credential:token}}' } },
      sealed: [['token', 's3cret']],
    });
  });

  it('keeps a connection string with a secret as one credential, escaped', () => {
    const manifest = manifestOf({
      auth_mode: 'conn_string',
      derived: { dsn: 'postgres://u:${field.token}@db/x' },
      mcp: { transport: 'stdio', command: 'acme', args: ['--db=${derived.dsn}'], env: { DSN: '${derived.dsn}' } },
    });
    expect(installed(manifest, { token: 'p@ss/word' })).toMatchObject({
      server: { args: ['--db={{credential:dsn}}'], env: { DSN: '{{credential:dsn}}' } },
      sealed: [['dsn', 'postgres://u:p%40ss%2Fword@db/x']],
    });
  });

  it('has a credential of its own for a value that an endpoint needs percent-encoded', () => {
    const manifest = manifestOf({
      mcp: {
        transport: 'streamable-http',
        endpoint: 'https://a.example/?key=${field.token}',
        headers: { 'X-Key': '${field.token}' },
      },
    });
    expect(installed(manifest, { token: 'plain' })).toMatchObject({
      server: { endpoint: 'https://a.example/?key={{credential:token}}' },
      sealed: [['token', 'plain']],
    });
    expect(installed(manifest, { token: 'a&b' })).toMatchObject({
      server: {
        endpoint: 'https://a.example/?key={{credential:token-encoded}}',
        headers: { 'X-Key': '{{credential:token}}' },
      },
      sealed: [
        ['token-encoded', 'a%26b'],
        ['token', 'a&b'],
      ],
    });
  });

  it('leaves out variables, headers and arguments whose values are all empty', () => {
    const manifest = manifestOf({
      mcp: {
        transport: 'stdio',
        command: 'acme',
        args: ['--site=${field.site}', 'run'],
        env: { SITE: '${field.site}', TOKEN: '${field.token}', MODE: 'x' },
      },
    });
    expect(installed(manifest, { token: 't' })).toMatchObject({
      server: { args: ['run'], env: { TOKEN: '{{credential:token}}', MODE: 'x' } },
    });
  });

  it('is not made of a value that does not fit, and says which without repeating it', () => {
    const refused = installed(manifestOf(), { token: 'x\r\nHost: evil' });
    expect(refused).toEqual({ ok: false, key: 'token', reason: expect.stringContaining('line break') });
  });
});

describe('submitted values', () => {
  const manifest = manifestOf({
    fields: [
      { key: 'token', label: 'T', type: 'password', required: true, aliases: ['pat'] },
      { key: 'port', label: 'P', type: 'number', required: true, default: '5432' },
      { key: 'mode', label: 'M', type: 'select', choices: ['a', 'b'] },
      { key: 'on', label: 'O', type: 'bool' },
      { key: 'team', label: 'I', type: 'text', pattern: 'T\\d+' },
    ],
  });
  const read = (submitted: Record<string, string>) => readFieldValues(manifest, new Map(Object.entries(submitted)));

  it('are trimmed, found under their aliases and completed by defaults; others are ignored', () => {
    const result = read({ pat: '  x ', nobody: 'y', team: ' ' });
    expect(result.ok && Object.fromEntries(result.values)).toEqual({
      token: 'x',
      port: '5432',
      mode: '',
      on: '',
      team: '',
    });
  });

  it('name the first required field without a value', () => {
    expect(read({ token: ' ' })).toEqual({ ok: false, fault: 'missing', key: 'token' });
  });

  it.each([
    ['port', 'abc'],
    ['mode', 'c'],
    ['on', 'yes'],
    ['team', 'T1x'],
    ['team', 'x'.repeat(16_385)],
    ['token', 'a\0b'],
    ['token', '\ud800'],
    ['team', 'T1{{credential:other}}'],
  ])('are refused when %s is %j', (key, value) => {
    expect(read({ token: 'x', [key]: value })).toMatchObject({ ok: false, fault: 'invalid', key });
  });
});
