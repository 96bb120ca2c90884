import { describe, expect, it } from 'vitest';
import { manifestText } from './manifest.fixture.js';
import { faultLine } from './manifest-faults.js';
import { readManifest } from './read-manifest.js';

function faultsOf(text: string): string[] {
  const reading = readManifest(text);
  return reading.ok ? [] : reading.faults.map(faultLine);
}

const http = { transport: 'streamable-http', endpoint: 'https://mcp.acme.example/mcp' };
const stdio = { transport: 'stdio', command: 'acme-mcp' };
const password = { key: 'token', label: 'Token', type: 'password', required: true };

describe('a manifest', () => {
  it('is read with its defaults, and without members that say nothing', () => {
    const reading = readManifest(manifestText({ auth_mode: 'none', fields: [], docs: null, mcp: http, brand: {} }));
    expect(reading).toEqual({
      ok: true,
      manifest: { id: 'acme', version: 1, name: 'Acme', description: '', category: '', auth_mode: 'none', mcp: http },
    });
  });

  it.each([
    ['blank text', '  \n ', 'manifest is empty'],
    ['two documents', `${manifestText()}---\n${manifestText()}`, 'must be one YAML document'],
    ['an alias', `id: &a acme\nname: *a\n`, 'must not use YAML anchors and aliases'],
    ['more than 64 KiB', `${manifestText()}# ${'x'.repeat(65_536)}`, 'must not be larger than 65536 bytes'],
  ])('is refused for %s', (_what, text, fault) => {
    expect(faultsOf(text)).toEqual([fault]);
  });

  it.each([
    ['a repeated key', 'id: acme\nid: acme\n'],
    ['a tag', 'id: !!binary acme\n'],
    ['text that is no YAML', 'id: [acme\n'],
    ['a list', '- id: acme\n'],
    ['a merge key of YAML 1.1', `${manifestText()}<<: { id: other }\n`],
  ])('is refused for %s', (_what, text) => {
    expect(faultsOf(text)).not.toEqual([]);
  });

  it('is refused for members that the schema does not know, at every level', () => {
    const faults = faultsOf(
      manifestText({ extra: 1, mcp: { ...http, cwd: '/' }, fields: [{ ...password, hint: 'x' }] }),
    );
    expect(faults).toEqual([
      expect.stringMatching(/^fields\.0: .*"hint"/),
      expect.stringMatching(/^mcp: .*"cwd"/),
      expect.stringMatching(/"extra"/),
    ]);
  });

  it.each<[string, Record<string, unknown>]>([
    ['id: ', { id: 'Acme' }],
    ['name: ', { name: undefined }],
    ['auth_mode: ', { auth_mode: 'magic' }],
    ['brand.color: must be #RRGGBB', { brand: { color: 'red' } }],
    ['mcp.transport: ', { mcp: { transport: 'sse' } }],
    ['mcp.command: is required for stdio', { mcp: { transport: 'stdio' } }],
    ['mcp.endpoint: does not belong to stdio', { mcp: { ...stdio, endpoint: 'https://a.example/' } }],
    ['mcp.endpoint: is required for streamable-http', { mcp: { transport: 'streamable-http' } }],
    ['mcp.command: does not belong to streamable-http', { mcp: { ...http, command: 'x' } }],
    ['fields.1: duplicate field key "token"', { fields: [password, { ...password, type: 'text' }] }],
    ['fields.1: duplicate field key "token"', { fields: [password, { ...password, key: 'pat', aliases: ['token'] }] }],
    ['fields.0.type: ', { fields: [{ ...password, type: 'file' }] }],
    ['fields.1: a select needs choices', { fields: [password, { key: 's', label: 'S', type: 'select' }] }],
    ['fields.0: a password is always secret', { fields: [{ ...password, secret: false }] }],
    ['fields.0: a secret has no default', { fields: [{ ...password, default: 'x' }] }],
    [
      'fields.1: its default must be a number',
      { fields: [password, { key: 'p', label: 'P', type: 'number', default: 'x' }] },
    ],
    [
      'fields.1: pattern is not a regular expression',
      { fields: [password, { key: 'p', label: 'P', type: 'text', pattern: '(' }] },
    ],
    [
      'verify: at most one of http, sql and mcp_method',
      { verify: { mcp_method: 'tools/list', http: { url: 'https://a.example/' } } },
    ],
    ['mcp.transport: mcp_oauth needs streamable-http', { auth_mode: 'mcp_oauth', mcp: stdio }],
    ['fields: pat needs a password field', { fields: undefined, mcp: http }],
    ['fields: conn_string needs a field', { auth_mode: 'conn_string', fields: [], mcp: http }],
    ['fields: byo_oauth needs a field client_id', { auth_mode: 'byo_oauth', mcp: http }],
    ['oauth: is required for byo_oauth', { auth_mode: 'byo_oauth', mcp: http }],
    ['derived.token: has the name of a field', { derived: { token: 'x' } }],
    [
      'derived.a: refers to itself, directly or through others (cycle)',
      { derived: { a: '${derived.b}', b: '-${derived.a}' } },
    ],
    ['derived.a: refers to itself, directly or through others (cycle)', { derived: { a: '${derived.a}' } }],
  ])('says "%s…" for %j', (fault, changes) => {
    expect(faultsOf(manifestText(changes))).toContainEqual(expect.stringContaining(fault));
  });

  it.each([
    ['${field.token', 'unclosed placeholder'],
    ['${}', 'malformed "${}"'],
    ['${field.}', 'malformed "${field.}"'],
    ['${field}', 'unsupported namespace'],
    ['${x.y}', 'unsupported namespace'],
    ['${field.nobody}', 'unknown field "nobody"'],
    ['${derived.nobody}', 'unknown derived "nobody"'],
    ['{{credential:other}}', '"{{" is reserved'],
  ])('refuses the template %s when it is loaded', (template, fault) => {
    const faults = faultsOf(manifestText({ mcp: { ...http, headers: { 'X-Key': template } } }));
    expect(faults).toEqual([expect.stringContaining(fault)]);
  });

  it('takes nothing that every object has for a derived value', () => {
    const derived = { url: 'https://acme.example/${derived.constructor}' };
    expect(faultsOf(manifestText({ derived }))).toEqual([expect.stringContaining('unknown derived "constructor"')]);
    const fields = [password, { key: 'constructor', label: 'C', type: 'text' }];
    expect(faultsOf(manifestText({ fields, derived: { url: 'https://acme.example/${field.constructor}' } }))).toEqual(
      [],
    );
  });

  it.each([
    ['a secret in the host of the endpoint', 'https://${field.token}.acme.example/', 'must not hold a secret'],
    ['user information', 'https://${field.site}@acme.example/', 'user information'],
    ['a fragment', 'https://acme.example/#${field.site}', 'fragment'],
    ['dot segments', 'https://acme.example/../${field.site}', 'dot segments'],
    ['an option named by a value', 'https://acme.example/?${field.site}=1', 'name its options literally'],
    ['another scheme', 'ftp://${field.site}/', 'http or https'],
    ['no scheme', 'acme.example/${field.site}', 'must begin with scheme://'],
  ])('refuses an endpoint with %s', (_what, endpoint, fault) => {
    expect(faultsOf(manifestText({ mcp: { ...http, endpoint } }))).toEqual([expect.stringContaining(fault)]);
  });

  it.each(['sslrootcert', 'sslcert', 'passfile', 'servicefile', 'options', 'host'])(
    'refuses a connection string that sets %s, which would reach into the machine that connects',
    (option) => {
      const faults = faultsOf(manifestText({ derived: { dsn: `postgres://\${field.site}/db?${option}=x` } }));
      expect(faults).toEqual([expect.stringContaining(`must not set the option "${option}"`)]);
    },
  );

  it('wants a connection string with a secret in `derived`, so that one credential holds it', () => {
    const faults = faultsOf(manifestText({ mcp: { ...stdio, args: ['postgres://u:${field.token}@db/x'] } }));
    expect(faults).toEqual([expect.stringContaining('goes into `derived`')]);
  });
});

describe('the command of a manifest', () => {
  const faultsFor = (command: string, args: string[]) =>
    faultsOf(manifestText({ mcp: { transport: 'stdio', command, args } }));

  it.each([
    ['npx', ['-y', '@acme/mcp@1.2.3']],
    ['npx', ['--yes', '--package=@acme/mcp@1.2.3-beta.1', 'acme']],
    ['npx', ['-p', 'acme@1.2.3', 'acme', 'anything']],
    ['uvx', ['acme-mcp==1.2']],
    ['uvx', ['--from', 'acme-mcp@1.2.3', 'acme']],
    ['acme-mcp', ['anything']],
  ])('may be %s %j', (command, args) => {
    expect(faultsFor(command, args)).toEqual([]);
  });

  it.each([
    ['npx', ['-y', '@acme/mcp']],
    ['npx', ['-y', '@acme/mcp@latest']],
    ['npx', ['-y', 'acme@^1.2.3']],
    ['npx', ['-y', 'acme@1']],
    ['npx', ['-y', 'github:acme/mcp']],
    ['npx', ['--package', 'acme', '--package', 'other@1.2.3', 'acme']],
    ['npx', ['-y', '${field.site}']],
    ['npx', ['-y']],
    ['uvx', ['acme-mcp']],
    ['/usr/bin/uvx', ['--from', 'git+https://a.example/x', 'acme']],
    ['bunx', ['acme@1.2.3']],
    ['sh', ['-c', 'x']],
    ['bash -c', ['x']],
  ])('may not be %s %j', (command, args) => {
    expect(faultsFor(command, args)).not.toEqual([]);
  });
});
