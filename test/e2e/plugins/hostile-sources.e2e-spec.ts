import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SeededMember } from '#testing';
import { startCanary } from '../../../libs/egress/src/loopback.fixture.js';
import { archiveOf, type RawEntry, rawArchive, rawEntry } from '../../../libs/sources/src/tar.fixture.js';
import { type PluginsApp, startPluginsApp } from './plugins-app.fixture.js';

const mebibyte = 1_048_576;
const source = 'github://evil/plugin#v1';
const path = '/evil/plugin/tar.gz/v1';

let test: PluginsApp;
let owner: SeededMember;

beforeAll(async () => {
  test = await startPluginsApp({ env: { PLUGIN_INSTALL_MAX_DIR_BYTES: String(mebibyte) } });
  owner = await test.seed.workspace();
});
afterAll(() => test.close());

async function refusalOf(archive: Buffer | { location: string }) {
  test.github.answers.set(path, archive);
  const { status, body } = await test.install(owner, { source });
  expect((await test.at(owner)).body).toEqual([]);
  expect(await test.prisma.client.pluginArchivePart.count()).toBe(0);
  return [status, body.detail];
}

describe('a hostile source', () => {
  it.each<[string, RawEntry[], string]>([
    ['a `../` entry', [{ path: '../../../../tmp/owned', content: 'x' }], 'has ".." in its path'],
    ['a symbolic link', [{ path: 'link', type: '2', linkpath: '/etc/passwd' }], 'is a symbolic link'],
    ['a hard link', [{ path: 'link', type: '1', linkpath: '/etc/passwd' }], 'is a hard link'],
    ['a device', [{ path: 'null', type: '3' }], 'is neither a file nor a folder'],
    ['a duplicate entry', [{ path: 'a' }, { path: 'A' }], 'is there twice, perhaps in another case or Unicode form'],
  ])('row 38: is refused for %s, and nothing of it is kept', async (_, entries, reason) => {
    const good = { path: 'plugin.yaml', content: 'version: 1' };

    expect(await refusalOf(rawArchive([good, ...entries]))).toEqual([422, expect.stringContaining(reason)]);
  });

  it('row 38: writes nothing anywhere, not even what is good of it', async () => {
    const owned = join(tmpdir(), `owned-${owner.workspaceId}`);
    await refusalOf(
      rawArchive([
        { path: 'good', content: 'x' },
        { path: `../../../../../../..${owned}`, content: 'x' },
      ]),
    );
    await refusalOf(rawArchive([{ path: 'good', content: 'x' }, rawEntry({ path: owned, content: 'x' })]));

    expect(existsSync(owned)).toBe(false);
    expect(readdirSync(test.registry)).toEqual([]);
  });

  it('row 38: is refused for an absolute path', async () => {
    const [status, detail] = await refusalOf(rawArchive([rawEntry({ path: '/etc/cron.d/x', content: 'x' })]));

    expect([status, detail]).toEqual([422, 'plugin refused: "/etc/cron.d/x" has an absolute path']);
  });

  it('row 38: is refused for 1 GiB of zeros, claimed and real', async () => {
    const claimed = gzipSync(rawEntry({ path: 'top/zeros', size: 1_024 * mebibyte }));
    const real = archiveOf({ zeros: Buffer.alloc(64 * mebibyte) });

    expect(await refusalOf(claimed)).toEqual([413, 'staged plugin exceeds size limit']);
    expect(await refusalOf(real)).toEqual([413, 'staged plugin exceeds size limit']);
  });

  it('row 38: is refused for one byte over the limit, which is taken itself', async () => {
    expect(await refusalOf(archiveOf({ a: Buffer.alloc(mebibyte + 1) }))).toEqual([
      413,
      'staged plugin exceeds size limit',
    ]);
    test.github.answers.set('/good/whole/tar.gz/v1', archiveOf({ a: Buffer.alloc(mebibyte) }));
    const other = await test.seed.workspace();

    expect((await test.install(other, { source: 'github://good/whole#v1' })).status).toBe(200);
    await test.at(other, '/whole', { method: 'DELETE' });
  });

  it('row 38: is refused for more than 10,000 entries', async () => {
    const folder = rawEntry({ path: 'top/d', type: '5' });
    const many = gzipSync(Buffer.concat(Array.from({ length: 10_001 }, () => folder)));

    expect(await refusalOf(many)).toEqual([413, 'staged plugin has more than 10000 files and folders']);
  });

  it.each([
    ['a YAML alias bomb', `a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]`],
    ['`!!js`', "a: !!js/function 'function () { return 1 }'"],
    ['two documents', 'a: 1\n---\nb: 2'],
  ])('row 38: is refused for %s in plugin.yaml', async (_, yaml) => {
    expect(await refusalOf(archiveOf({ 'plugin.yaml': yaml }))).toEqual([
      422,
      expect.stringMatching(/^plugin refused: plugin.yaml cannot be read, it /),
    ]);
  });

  it('row 38: is not followed to another host', async () => {
    const canary = await startCanary();
    for (const location of [
      `http://127.0.0.1:${canary.port}/`,
      'http://169.254.169.254/latest/meta-data',
      'file:///etc/passwd',
    ]) {
      expect(await refusalOf({ location })).toEqual([502, 'failed to fetch plugin from github']);
    }
    expect(canary.connections()).toBe(0);
    await canary.close();
  });

  it('is given up when it does not answer in time', async () => {
    const hasty = await startPluginsApp({ env: { PLUGIN_INSTALL_FETCH_TIMEOUT: '500ms' }, database: test.database });
    hasty.github.answers.set(path, 'silence');

    const { status, body } = await hasty.install(owner, { source });

    expect([status, body.detail]).toEqual([504, 'failed to fetch plugin from github']);
    await hasty.close();
  });

  it('is refused when it has no files', async () => {
    expect(await refusalOf(rawArchive([{ path: '', type: '5' }]))).toEqual([422, 'plugin refused: it has no files']);
  });

  it('row 38: of the registry is refused for links, and lists nothing that it could not install', async () => {
    mkdirSync(join(test.registry, 'linked'), { recursive: true });
    symlinkSync('/etc/passwd', join(test.registry, 'linked', 'plugin.yaml'));
    symlinkSync('/etc', join(test.registry, 'etc'));
    writeFileSync(join(test.registry, 'a-file'), '');

    const { status, body } = await test.install(owner, { source: 'local://linked' });

    expect([status, body.detail]).toEqual([422, 'plugin refused: "plugin.yaml" is a symbolic link']);
    expect((await test.install(owner, { source: 'local://etc' })).status).toBe(422);
    const listed = (await (await test.call('/api/v1/plugins')).json()) as { name: string; description: string }[];
    expect(listed).toEqual([expect.objectContaining({ name: 'linked', description: '' })]);
  });
});
