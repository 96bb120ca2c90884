import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { treeDigest } from '#sources';
import type { SeededMember } from '#testing';
import { archiveOf } from '../../../libs/sources/src/tar.fixture.js';
import { type PluginsApp, startPluginsApp } from './plugins-app.fixture.js';

const yaml = 'version: 1.2.0\ndescription: Reviews\nauthor: Acme\ntags: [review, 7]\nruntimes: [claude-code]\n';
const files = { 'plugin.yaml': yaml, 'skills/review/SKILL.md': 'Review.' };
const digestOf = (tree: Record<string, string>): string =>
  treeDigest(new Map(Object.entries(tree).map(([path, text]) => [path, Buffer.from(text)])));
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

let test: PluginsApp;
let owner: SeededMember;

beforeAll(async () => {
  test = await startPluginsApp({ env: { PUBLIC_URL: 'https://crewship.example.com' } });
});
afterAll(() => test.close());
beforeEach(async () => {
  owner = await test.seed.workspace();
  test.github.asked.length = 0;
  test.github.answers.clear();
  test.github.answers.set('/acme/review/tar.gz/v1', archiveOf(files));
});

const events = () =>
  test.prisma.client.event.findMany({
    where: { workspaceId: owner.workspaceId },
    orderBy: { id: 'asc' },
    select: { type: true, payload: true },
  });
const audits = () =>
  test.prisma.client.auditLog.findMany({ where: { workspaceId: owner.workspaceId, action: { startsWith: 'plugin' } } });
const names = async () => (await test.at(owner)).body.map(({ name }: { name: string }) => name);

describe('installing a plugin', () => {
  it('takes it from a repository at a tag, and tells what it is', async () => {
    const installed = await test.install(owner, { source: ' github://acme/review#v1 ' });

    expect(installed).toEqual({
      status: 200,
      body: {
        status: 'installed',
        plugin: 'review',
        source: 'github://acme/review#v1',
        version: '1.2.0',
        sha256: digestOf(files),
        verified: null,
        size_bytes: Buffer.byteLength(Object.values(files).join('')),
        installed_at: test.clock.now().toISOString(),
        updated_at: test.clock.now().toISOString(),
      },
    });
    expect((await test.at(owner)).body).toEqual([
      expect.objectContaining({
        name: 'review',
        version: '1.2.0',
        description: 'Reviews',
        author: 'Acme',
        tags: ['review'],
        skills: [],
        runtimes: ['claude-code'],
        supported_on_runtime: false,
        sha256: digestOf(files),
      }),
    ]);
  });

  it('takes it at a commit too', async () => {
    const commit = '0123456789abcdef0123456789abcdef01234567';
    test.github.answers.set(`/acme/review/tar.gz/${commit}`, archiveOf(files));

    expect((await test.install(owner, { source: `github://acme/review#${commit}` })).status).toBe(200);
  });

  it.each(['local://notes', 'notes'])('takes it from the registry: %s', async (source) => {
    test.offer('notes', files);

    const { status, body } = await test.install(owner, { source });

    expect([status, body.plugin, body.source, body.sha256]).toEqual([200, 'notes', 'local://notes', digestOf(files)]);
  });

  it('tells the agents where to fetch it, and the audit log who did it', async () => {
    const { body } = await test.install(owner, { source: 'github://acme/review#v1' });
    test.clock.advanceMs(1_000);
    await test.at(owner, '/review', { method: 'DELETE' });

    const facts = { plugin: 'review', source: 'github://acme/review#v1', version: '1.2.0', sha256: body.sha256 };
    expect(await events()).toEqual([
      {
        type: 'plugin.installed',
        payload: {
          ...facts,
          download_url: `https://crewship.example.com/api/v1/workspaces/${owner.workspaceId}/plugins/review/download`,
        },
      },
      { type: 'plugin.uninstalled', payload: facts },
    ]);
    expect((await audits()).map(({ action, userId }) => [action, userId]).sort()).toEqual([
      ['plugin.install', owner.userId],
      ['plugin.uninstall', owner.userId],
    ]);
  });

  it('puts the whole plugin in place of the one of that name, and leaves nothing of it', async () => {
    const first = await test.install(owner, { source: 'github://acme/review#v1' });
    test.clock.advanceMs(60_000);
    test.github.answers.set('/other/review/tar.gz/v2', archiveOf({ 'plugin.yaml': 'version: 2' }));

    const second = await test.install(owner, { source: 'github://other/review#v2' });

    expect(second.body).toMatchObject({ version: '2', installed_at: first.body.installed_at });
    expect(second.body.updated_at).not.toBe(first.body.updated_at);
    expect((await test.at(owner)).body).toEqual([
      expect.objectContaining({ source: 'github://other/review#v2', author: '' }),
    ]);
    const { workspaceId } = owner;
    expect(await test.prisma.client.pluginArchivePart.count({ where: { workspaceId } })).toBe(1);
  });

  it('stands whole, one or the other, when two of a name are installed at once', async () => {
    const versions = ['v1', 'v2', 'v3', 'v4', 'v5', 'v6'];
    const trees = Object.fromEntries(
      versions.map((each) => [each, { 'plugin.yaml': `version: ${each}`, [each]: each }]),
    );
    for (const [each, tree] of Object.entries(trees))
      test.github.answers.set(`/acme/race/tar.gz/${each}`, archiveOf(tree));

    const answers = await Promise.all(
      versions.map((each) => test.install(owner, { source: `github://acme/race#${each}` })),
    );

    expect(answers.map(({ status }) => status)).toEqual(versions.map(() => 200));
    const standing = (await test.at(owner)).body.map(({ version, sha256, source }) => ({ version, sha256, source }));
    const whole = versions.map((each) => ({
      version: each,
      sha256: digestOf(trees[each] ?? {}),
      source: `github://acme/race#${each}`,
    }));
    expect(standing).toHaveLength(1);
    expect(whole).toContainEqual(standing[0]);
    const parts = await test.prisma.client.pluginArchivePart.findMany({ where: { workspaceId: owner.workspaceId } });
    expect(parts).toHaveLength(1);
  });
});

describe('the digest of a request', () => {
  it.each([
    ['tree', digestOf(files).toUpperCase()],
    ['plugin_yaml', sha256(yaml)],
  ])('is that of the %s, and the answer says so', async (verified, claimed) => {
    const { status, body } = await test.install(owner, { source: 'github://acme/review#v1', sha256: claimed });

    expect([status, body.verified]).toEqual([200, verified]);
  });

  it.each([
    ['no digest of it', files, `sha256 mismatch: expected ${'0'.repeat(64)}, got ${digestOf(files)}`],
    [
      'no digest of a plugin without plugin.yaml',
      { a: 'x' },
      'sha256 check failed: plugin.yaml not found in staged plugin',
    ],
  ])('is refused when it is %s', async (_, tree, detail) => {
    test.github.answers.set('/acme/review/tar.gz/v1', archiveOf(tree));

    const { status, body } = await test.install(owner, { source: 'github://acme/review#v1', sha256: '0'.repeat(64) });

    expect([status, body.detail, body.source]).toEqual([422, detail, 'github://acme/review#v1']);
    expect(await names()).toEqual([]);
  });
});

describe('the digest in manifest.json', () => {
  const withManifest = (manifest: string) => ({ ...files, 'manifest.json': manifest });
  const concatenated = createHash('sha256');
  for (const [path, text] of Object.entries(files)) concatenated.update(`${path}\0${text}`);

  it.each([
    ['right', JSON.stringify({ sha256: digestOf(files) })],
    ['absent', '{"name": "review"}'],
  ])('lets the plugin pass when it is %s', async (_, manifest) => {
    test.github.answers.set('/acme/review/tar.gz/v1', archiveOf(withManifest(manifest)));

    expect((await test.install(owner, { source: 'github://acme/review#v1' })).status).toBe(200);
  });

  it.each([
    ['wrong', JSON.stringify({ sha256: '0'.repeat(64) }), 'plugin manifest integrity check failed'],
    ['no text', '{"sha256": 7}', 'plugin manifest integrity check failed'],
    ['unreadable', '{', 'plugin manifest integrity check failed'],
    [
      'of the form without lengths',
      JSON.stringify({ sha256: concatenated.digest('hex') }),
      expect.stringContaining('Put the digest of the files with their lengths there'),
    ],
  ])('refuses the plugin when it is %s', async (_, manifest, detail) => {
    test.github.answers.set('/acme/review/tar.gz/v1', archiveOf(withManifest(manifest)));

    const { status, body } = await test.install(owner, { source: 'github://acme/review#v1' });

    expect([status, body.detail]).toEqual([422, detail]);
  });
});

describe('a request that cannot be carried out', () => {
  it.each([
    ['no source', {}, 400, `'source' is required (e.g. "local://my-plugin" or "github://owner/repo")`],
    [
      'an empty source',
      { source: '' },
      400,
      `'source' is required (e.g. "local://my-plugin" or "github://owner/repo")`,
    ],
    ['white space', { source: '   ' }, 400, 'invalid plugin source'],
    ['a scheme alone', { source: 'github://' }, 400, 'invalid plugin source'],
    ['an unknown scheme', { source: 'http://localhost/x' }, 400, 'failed to resolve plugin source'],
    ['a path for a name', { source: 'local://../../etc' }, 400, 'invalid plugin name'],
    ['a bad name', { source: 'local://Nötes' }, 400, 'invalid plugin name'],
    ['a bad repository', { source: 'github://acme#v1' }, 400, 'invalid plugin source'],
    ['a ref that climbs', { source: 'github://acme/review#../../x/y/tar.gz/v1' }, 400, 'invalid plugin source'],
    [
      'an unpinned repository',
      { source: 'github://acme/review' },
      422,
      expect.stringMatching(/^unpinned github source/),
    ],
    ['a missing folder', { source: 'local://missing' }, 404, 'failed to fetch plugin from local'],
    ['a missing ref', { source: 'github://acme/review#v9' }, 404, 'failed to fetch plugin from github'],
  ])('answers %s', async (_, body, status, detail) => {
    const answer = await test.install(owner, body);

    expect([answer.status, answer.body.detail]).toEqual([status, detail]);
    expect(await names()).toEqual([]);
  });

  it('names the schemes that there are', async () => {
    expect((await test.install(owner, { source: 'ftp://x' })).body.available_schemes).toEqual(['github', 'local']);
  });

  it('is told from one that is too large', async () => {
    const whole = { source: 'local://missing', padding: '' };
    whole.padding = 'x'.repeat(65_536 - JSON.stringify(whole).length);

    expect((await test.install(owner, whole)).status).toBe(404);
    expect((await test.install(owner, { ...whole, padding: `${whole.padding}x` })).status).toBe(413);
  });

  it.each([500, 403, 429])('passes on as 502 that GitHub answered %d', async (status) => {
    test.github.answers.set('/acme/review/tar.gz/v1', status);

    const answer = await test.install(owner, { source: 'github://acme/review#v1' });

    expect([answer.status, answer.body.detail]).toEqual([502, 'failed to fetch plugin from github']);
  });

  it('leaves what was installed as it was', async () => {
    await test.install(owner, { source: 'github://acme/review#v1' });
    test.github.answers.set('/acme/review/tar.gz/v2', Buffer.from('no archive'));

    expect((await test.install(owner, { source: 'github://acme/review#v2' })).status).toBe(422);

    expect((await test.at(owner)).body).toEqual([expect.objectContaining({ source: 'github://acme/review#v1' })]);
    expect(await events()).toHaveLength(1);
  });
});

describe('a workspace that is full', () => {
  it('takes no plugin beyond the hundredth, but replaces one', async () => {
    const at = { installedAt: test.clock.now(), updatedAt: test.clock.now() };
    await test.prisma.client.workspacePlugin.createMany({
      data: Array.from({ length: 100 }, (_, index) => ({
        id: `${owner.workspaceId}-${index}`,
        workspaceId: owner.workspaceId,
        name: index === 0 ? 'review' : `p${index}`,
        source: `local://p${index}`,
        manifest: {},
        sha256: '0'.repeat(64),
        archiveId: `${owner.workspaceId}-${index}`,
        archiveBytes: 0,
        sizeBytes: 0,
        ...at,
      })),
    });
    test.offer('one-more', files);

    expect((await test.install(owner, { source: 'local://one-more' })).status).toBe(422);
    expect((await test.install(owner, { source: 'github://acme/review#v1' })).status).toBe(200);
  });
});
