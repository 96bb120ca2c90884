import { describe, expect, it } from 'vitest';
import { packagesSchema, remotesSchema } from './registry-entry.schema.js';
import { readEntry, readPage } from './registry-page.js';

const officialKey = 'io.modelcontextprotocol.registry/official';
const entry = (server: object, meta: object = {}) =>
  readEntry({ server: { name: 'com.example/server', ...server }, _meta: { [officialKey]: meta } });

describe('reading an entry', () => {
  it('takes a bare name and fills everything else with what is empty', () => {
    expect(entry({})).toMatchObject({
      displayName: 'com.example/server',
      description: '',
      version: '',
      status: 'active',
      transport: 'stdio',
      endpoint: '',
      packages: [],
      remotes: [],
      publishedAt: null,
    });
  });

  it('shows how it is reached by the first streamable remote, else by the first package', () => {
    const sse = { type: 'sse', url: 'https://a.example/sse' };
    const http = { type: 'streamable-http', url: 'https://a.example/mcp', headers: [{ name: 'X-Key' }] };
    const npm = { registryType: 'npm', identifier: 'a', version: '1.0.0', transport: { type: 'stdio' } };
    expect(entry({ remotes: [sse, http], packages: [npm] })).toMatchObject({
      transport: 'streamable-http',
      endpoint: 'https://a.example/mcp',
      authType: 'header',
      packageName: 'a',
      command: '',
    });
    expect(entry({ packages: [npm] })).toMatchObject({ transport: 'stdio', endpoint: '', command: 'npx' });
  });

  it('keeps every package and remote, and leaves out those that cannot be read', () => {
    const npm = { registryType: 'npm', identifier: 'a' };
    const read = entry({ packages: [npm, { registryType: 'npm' }, 'x', { ...npm, identifier: 'b' }], remotes: {} });
    expect(read).toMatchObject({ packages: [{ identifier: 'a' }, { identifier: 'b' }], remotes: [] });
  });

  it('sends nobody to an address that is none', () => {
    expect(
      entry({
        websiteUrl: 'javascript:alert(1)',
        repository: { url: 'data:text/html,x' },
        icons: [{ src: 'http://a.example/i.png' }],
      }),
    ).toMatchObject({ homepageUrl: '', sourceUrl: '', icon: '' });
  });

  it('keeps no address that a page could not show as a link', () => {
    const remotes = [
      'javascript:alert(1)',
      'data:text/html,x',
      'https://a.example/"><script>',
      'https://{tenant}.a.example/mcp',
      '{base}/mcp',
    ];
    expect(entry({ remotes: remotes.map((url) => ({ url })) })).toMatchObject({
      endpoint: 'https://{tenant}.a.example/mcp',
      remotes: [{ url: 'https://{tenant}.a.example/mcp' }, { url: '{base}/mcp' }],
    });
    const icons = [{ src: 'https://bank.example@evil.example/i.png' }];
    expect(entry({ icons, websiteUrl: "https://a.example/\"onclick='x'<b>" })).toMatchObject({
      icon: '',
      homepageUrl: 'https://a.example/%22onclick=%27x%27%3Cb%3E',
    });
    const packages = [
      { registryType: 'mcpb', identifier: 'javascript:alert(1)' },
      { registryType: 'npm', identifier: 'a', registryBaseUrl: 'javascript:alert(1)' },
      { registryType: 'npm', identifier: 'b', fileSha256: '<b>' },
    ];
    expect(entry({ packages })).toMatchObject({ packages: [{ identifier: 'b', fileSha256: '' }] });
  });

  it('leaves out choices that cannot be stored', () => {
    const environmentVariables = [{ name: 'A', choices: ['a\0', 'b', '\ud800'] }];
    const packages = [{ registryType: 'npm', identifier: 'a', environmentVariables }];
    expect(entry({ packages })).toMatchObject({ packages: [{ environmentVariables: [{ choices: ['b'] }] }] });
  });

  it('skips older versions, and documents that would bloat every list', () => {
    expect(entry({}, { isLatest: false })).toEqual({ name: 'com.example/server', reason: expect.any(String) });
    const remotes = Array.from({ length: 20 }, () => ({
      url: `https://a.example/${'x'.repeat(2_000)}`,
      headers: Array.from({ length: 40 }, () => ({ name: 'X', description: 'y'.repeat(100) })),
    }));
    expect(entry({ remotes })).toMatchObject({ reason: expect.stringContaining('more than 65536 characters') });
  });

  it.each(['a', '/', 'a/b/c', 'a b/c', '../x', './x', 'x/..', `a/${'b'.repeat(200)}`, 'ä/b'])(
    'refuses the name %j',
    (name) => {
      expect(entry({ name })).toMatchObject({ name: '', reason: expect.any(String) });
    },
  );

  it('ignores times that are none', () => {
    const times = { publishedAt: 'yesterday', updatedAt: '+275760-09-13T00:00:00.000Z' };
    expect(entry({}, times)).toMatchObject({ publishedAt: null, upstreamUpdatedAt: null });
  });
});

describe('reading a page', () => {
  it('is nothing without a list of servers', () => {
    expect([readPage(null), readPage([]), readPage({ data: [] }), readPage({ servers: {} })]).toEqual(
      Array(4).fill(null),
    );
  });

  it('knows the end by a missing, null or empty cursor, in either spelling', () => {
    const cursors = [undefined, { nextCursor: null }, { nextCursor: '' }, { nextCursor: 'a' }, { next_cursor: 'b' }];
    expect(cursors.map((metadata) => readPage({ servers: [], metadata })?.nextCursor)).toEqual([
      null,
      null,
      null,
      'a',
      'b',
    ]);
  });
});

describe('what is stored', () => {
  it('reads as it was written', () => {
    const packages = packagesSchema.parse([
      {
        registryType: 'npm',
        identifier: 'a',
        environmentVariables: [{ name: 'A', variables: { b: { default: 'c' } } }],
      },
    ]);
    const remotes = remotesSchema.parse([{ type: 'sse', url: 'https://{a}.example', variables: { a: {} } }]);
    expect(packagesSchema.parse(JSON.parse(JSON.stringify(packages)))).toEqual(packages);
    expect(remotesSchema.parse(JSON.parse(JSON.stringify(remotes)))).toEqual(remotes);
  });
});
