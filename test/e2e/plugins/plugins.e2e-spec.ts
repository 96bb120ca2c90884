import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { workspaceRoles } from '#kernel';
import { readArchive, treeDigest, treeLimits } from '#sources';
import type { SeededMember } from '#testing';
import { archiveOf } from '../../../libs/sources/src/tar.fixture.js';
import { type PluginsApp, startPluginsApp } from './plugins-app.fixture.js';

let test: PluginsApp;
let owner: SeededMember;

beforeAll(async () => {
  test = await startPluginsApp();
  test.offer('anywhere', { 'plugin.yaml': 'version: 1' });
  test.offer('coder', { 'plugin.yaml': 'runtimes: [claude-code]', 'skills/code/SKILL.md': 'Code.' });
  test.offer('grapher', { 'plugin.yaml': 'runtimes: [langgraph]' });
  test.offer('broken', { 'plugin.yaml': 'a: [' });
  test.offer('nameless', { 'README.md': 'no manifest' });
});
afterAll(() => test.close());
beforeEach(async () => {
  owner = await test.seed.workspace();
});

const listed = async (query = '') => {
  const response = await test.call(`/api/v1/plugins${query}`);
  return { total: response.headers.get('x-total-count'), body: (await response.json()) as { name: string }[] };
};
const namesOf = (plugins: { name: string }[]) => plugins.map(({ name }) => name);
const runsOn = (runtime: string) =>
  test.prisma.client.workspaceRuntime.create({
    data: { workspaceId: owner.workspaceId, runtime, createdAt: test.clock.now(), updatedAt: test.clock.now() },
  });

describe('the registry', () => {
  it('is listed for everybody, by name, broken plugins with nothing but theirs', async () => {
    const { body } = await listed();

    expect(namesOf(body)).toEqual(['anywhere', 'broken', 'coder', 'grapher', 'nameless']);
    const empty = { version: '', description: '', author: '', tags: [], skills: [], runtimes: [] };
    expect(body[1]).toEqual({ name: 'broken', ...empty });
    expect(body[4]).toEqual({ name: 'nameless', ...empty });
  });

  it('is narrowed to a runtime, however that is spelt, and paged', async () => {
    expect(namesOf((await listed('?runtime=claude_code')).body)).toEqual(['anywhere', 'broken', 'coder', 'nameless']);
    expect(await listed('?limit=1&offset=1')).toMatchObject({ total: '5', body: [{ name: 'broken' }] });
  });

  it('notices what changes on disk', async () => {
    test.offer('changing', { 'plugin.yaml': 'version: 1' });
    const versions = [await listed('?limit=1&offset=2')];
    writeFileSync(join(test.registry, 'changing', 'plugin.yaml'), 'version: 1.0.1');
    versions.push(await listed('?limit=1&offset=2'));
    rmSync(join(test.registry, 'changing'), { recursive: true });

    expect(versions.map(({ body }) => body[0])).toMatchObject([{ version: '1' }, { version: '1.0.1' }]);
    expect(namesOf((await listed()).body)).not.toContain('changing');
  });

  it('is empty where there is no folder', async () => {
    const bare = await startPluginsApp({
      env: { PLUGINS_DIR: join(test.registry, 'nowhere') },
      database: test.database,
    });

    const [list, sources] = await Promise.all(['', '/sources'].map((path) => bare.call(`/api/v1/plugins${path}`)));

    expect(await list?.json()).toEqual([]);
    expect(await sources?.json()).toEqual({ schemes: ['github', 'local'] });
    await bare.close();
  });
});

describe('the plugins of a workspace', () => {
  beforeEach(async () => {
    for (const name of ['anywhere', 'coder', 'grapher']) await test.install(owner, { source: name });
  });

  it('are listed by name, each with whether it runs on the workspace’s runtime', async () => {
    const { body } = await test.at(owner);

    expect(
      body.map((each: { name: string; supported_on_runtime: boolean }) => [each.name, each.supported_on_runtime]),
    ).toEqual([
      ['anywhere', true],
      ['coder', false],
      ['grapher', true],
    ]);
    expect(namesOf((await test.at(owner, '?limit=1&offset=1')).body)).toEqual(['coder']);
  });

  it('can be had from the part of the registry that runs on its runtime', async () => {
    await runsOn('claude-code');

    expect(namesOf((await test.at(owner, '/available')).body)).toEqual(['anywhere', 'broken', 'coder', 'nameless']);
  });

  it('are told apart by whether they would run on another runtime', async () => {
    const { body } = await test.at(owner, '/compatibility?runtime=claude_code');

    expect([body.target_runtime, namesOf(body.compatible), namesOf(body.incompatible), body.all_compatible]).toEqual([
      'claude_code',
      ['anywhere', 'coder'],
      ['grapher'],
      false,
    ]);
    const missing = await test.at(owner, '/compatibility');
    expect([missing.status, missing.body.detail]).toEqual([400, 'runtime query parameter is required']);
    const nobody = await test.seed.workspace();
    expect((await test.at(nobody, '/compatibility?runtime=x')).body).toEqual({
      target_runtime: 'x',
      compatible: [],
      incompatible: [],
      all_compatible: true,
    });
  });

  it('are uninstalled once', async () => {
    const answers = await Promise.all(Array.from({ length: 3 }, () => test.at(owner, '/coder', { method: 'DELETE' })));

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404]);
    expect(answers.find(({ status }) => status === 200)?.body).toEqual({ status: 'uninstalled', plugin: 'coder' });
    expect(namesOf((await test.at(owner)).body)).toEqual(['anywhere', 'grapher']);
    const { workspaceId } = owner;
    expect(await test.prisma.client.pluginArchivePart.count({ where: { workspaceId } })).toBe(2);
  });

  it.each([
    ['%2e%2e%2fcoder', 400],
    ['a%2Fb', 400],
    ['missing', 404],
  ])('are not found by the name %s', async (name, status) => {
    expect((await test.at(owner, `/${name}`, { method: 'DELETE' })).status).toBe(status);
    expect((await test.at(owner, `/${name}/download`)).status).toBe(status);
  });
});

describe('the download of a plugin', () => {
  const get = (path: string, token: string, headers?: Record<string, string>) =>
    test.call(`/api/v1/workspaces/${owner.workspaceId}/plugins/${path}/download`, { token, headers });

  it('is an archive of exactly its files', async () => {
    const { body } = await test.install(owner, { source: 'coder' });

    const response = await get('coder', owner.token);

    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/gzip',
      'content-disposition': 'attachment; filename="coder.tar.gz"',
      'x-plugin-name': 'coder',
      'x-plugin-source': 'local://coder',
      'x-plugin-sha256': body.sha256,
      etag: `"${body.sha256}"`,
    });
    const archive = Buffer.from(await response.arrayBuffer());
    const pieces = (async function* () {
      yield archive;
    })();
    const tree = await readArchive(pieces, { limits: treeLimits(1_048_576), hasTopFolder: false });
    expect([...tree.keys()]).toEqual(['plugin.yaml', 'skills/code/SKILL.md']);
    expect(treeDigest(tree)).toBe(body.sha256);
  });

  it('of many parts arrives whole', async () => {
    const content = Buffer.from(
      Array.from({ length: 2_600_000 }, (_, index) => ((index * 7_919 * (index % 251)) % 65_521) % 256),
    );
    const large = Buffer.concat([content, content.toReversed(), content.map((byte) => byte ^ 0x5a)]);
    test.github.answers.set('/acme/large/tar.gz/v1', archiveOf({ large }));
    const { body } = await test.install(owner, { source: 'github://acme/large#v1' });

    const archive = Buffer.from(await (await get('large', owner.token)).arrayBuffer());

    const pieces = (async function* () {
      yield archive;
    })();
    expect(treeDigest(await readArchive(pieces, { limits: treeLimits(2 ** 27), hasTopFolder: false }))).toBe(
      body.sha256,
    );
    expect(
      await test.prisma.client.pluginArchivePart.count({ where: { workspaceId: owner.workspaceId } }),
    ).toBeGreaterThan(1);
  });

  it('is not sent again to who has it', async () => {
    await test.install(owner, { source: 'coder' });
    const etag = (await get('coder', owner.token)).headers.get('etag') ?? '';

    expect((await get('coder', owner.token, { 'If-None-Match': `"x", ${etag}` })).status).toBe(304);
    expect((await get('coder', owner.token, { 'If-None-Match': '"x"' })).status).toBe(200);
  });
});

describe('who may use the plugins of a workspace', () => {
  const tokenFor = async (scopes: string[]) => {
    const response = await test.call(`/api/v1/workspaces/${owner.workspaceId}/tokens`, {
      method: 'POST',
      token: owner.token,
      json: { scopes },
    });
    return ((await response.json()) as { auth_token: string }).auth_token;
  };

  it('is a member to read, an owner or administrator to change', async () => {
    const seen: unknown[] = [];
    for (const role of workspaceRoles) {
      const { token } = await test.seed.member(owner.workspaceId, role);
      const paths = ['', '/available', '/compatibility?runtime=x'];
      const reads = await Promise.all(paths.map(async (path) => (await test.at(owner, path, { token })).status));
      const { status } = await test.install(owner, { source: 'coder' }, token);
      const removed = (await test.at(owner, '/missing', { method: 'DELETE', token })).status;
      seen.push([role, ...reads, status, removed]);
    }

    expect(seen).toEqual([
      ['OWNER', 200, 200, 200, 200, 404],
      ['ADMIN', 200, 200, 200, 200, 404],
      ['MANAGER', 200, 200, 200, 403, 403],
      ['MEMBER', 200, 200, 200, 403, 403],
      ['VIEWER', 200, 200, 200, 403, 403],
    ]);
  });

  it('is an agent with a token of the workspace, within its scopes', async () => {
    const [reader, writer, other] = await Promise.all(
      [['plugins:read'], ['plugins:write'], ['schedules:write']].map(tokenFor),
    );
    const statuses = async (token = '') => [
      (await test.at(owner, '', { token })).status,
      (await test.install(owner, { source: 'coder' }, token)).status,
      (await test.at(owner, '/coder', { method: 'DELETE', token })).status,
    ];

    expect(await statuses(reader)).toEqual([200, 403, 403]);
    expect(await statuses(other)).toEqual([403, 403, 403]);
    expect(await statuses(writer)).toEqual([200, 200, 200]);
  });

  it('is nobody of another workspace, whose plugins are as absent as any', async () => {
    const stranger = await test.seed.workspace();
    await test.install(owner, { source: 'coder' });

    expect((await test.at(owner, '', { token: stranger.token })).status).toBe(404);
    expect((await test.at(stranger, '/coder', { method: 'DELETE' })).status).toBe(404);
    expect((await test.at(stranger, '/coder/download')).status).toBe(404);
    expect((await test.at({ ...owner, workspaceId: 'nowhere' })).status).toBe(404);
    expect(namesOf((await test.at(owner)).body)).toEqual(['coder']);
  });
});
