import { execFile } from 'node:child_process';
import { link, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readLocalTree } from './local-tree.js';
import { packTree } from './pack-tree.js';
import { readArchive } from './read-archive.js';
import { resolveInsideRoot } from './resolve-inside-root.js';
import { treeLimits } from './staged-tree.js';
import { treeDigest } from './tree-digest.js';

const limits = treeLimits(1_048_576);
let place: string;
let root: string;

beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'sources-'));
  root = join(place, 'registry');
  await mkdir(join(root, 'notes', 'skills'), { recursive: true });
  await writeFile(join(place, 'secret'), 'secret');
  await writeFile(join(root, 'notes', 'plugin.yaml'), 'version: 1');
  await writeFile(join(root, 'notes', 'skills', 'SKILL.md'), 'text');
});

afterEach(() => rm(place, { recursive: true }));

const treeOf = (files: Record<string, string>) =>
  new Map(Object.entries(files).map(([path, content]) => [path, Buffer.from(content)]));

describe('readLocalTree', () => {
  it('reads a folder of the registry with its folders', async () => {
    const tree = await readLocalTree(root, 'notes', limits);

    expect(Object.fromEntries(tree)).toEqual({
      'plugin.yaml': Buffer.from('version: 1'),
      'skills/SKILL.md': Buffer.from('text'),
    });
  });

  it.each([
    ['a link to a file outside', () => symlink(join(place, 'secret'), join(root, 'notes', 'link')), 'notes'],
    ['a link to a file inside', () => symlink('plugin.yaml', join(root, 'notes', 'link')), 'notes'],
    ['a linked folder', () => symlink('/etc', join(root, 'notes', 'etc')), 'notes'],
    ['a linked plugin', () => symlink('/etc', join(root, 'etc')), 'etc'],
  ])('row 38: refuses %s', async (_, prepare, name) => {
    await prepare();

    await expect(readLocalTree(root, name, limits)).rejects.toMatchObject({
      fault: { kind: 'refused', reason: 'symlink' },
    });
  });

  it('row 38: refuses a pipe without waiting for it', async () => {
    await promisify(execFile)('mkfifo', [join(root, 'notes', 'pipe')]);

    await expect(readLocalTree(root, 'notes', limits)).rejects.toMatchObject({ fault: { reason: 'special_file' } });
  });

  it('keeps to the limits of bytes and entries', async () => {
    const bytes = { ...limits, maxBytes: 14 };

    await expect(readLocalTree(root, 'notes', bytes)).resolves.toHaveProperty('size', 2);
    await expect(readLocalTree(root, 'notes', { ...bytes, maxBytes: 13 })).rejects.toMatchObject({
      fault: { kind: 'too_large', of: 'bytes' },
    });
    await expect(readLocalTree(root, 'notes', { ...limits, maxEntries: 2 })).rejects.toMatchObject({
      fault: { kind: 'too_large', of: 'entries' },
    });
  });

  it.each(['missing', 'file'])('finds no plugin where there is no folder: %s', async (name) => {
    await writeFile(join(root, 'file'), '');

    await expect(readLocalTree(root, name, limits)).rejects.toMatchObject({ fault: { kind: 'not_found' } });
    await expect(readLocalTree(join(place, 'nowhere'), name, limits)).rejects.toMatchObject({
      fault: { kind: 'not_found' },
    });
  });

  it('refuses a name that is a path', async () => {
    await expect(readLocalTree(root, '../registry/notes', limits)).rejects.toMatchObject({
      fault: { kind: 'invalid_spec' },
    });
  });
});

describe('treeDigest', () => {
  it('tells apart trees whose files, put end to end, are the same', () => {
    const trees = [
      treeOf({ ab: 'c' }),
      treeOf({ a: 'bc' }),
      treeOf({ a: 'b\0c', d: '' }),
      treeOf({ a: 'b', c: 'd' }),
      treeOf({ a: '', 'b\0c': 'd' }),
      treeOf({}),
    ];

    expect(new Set(trees.map(treeDigest)).size).toBe(trees.length);
  });

  it('does not depend on the order in which files came, and is stable', () => {
    expect(treeDigest(treeOf({ b: '2', a: '1' }))).toBe(treeDigest(treeOf({ a: '1', b: '2' })));
    expect(treeDigest(treeOf({ a: '1' }))).toBe('0e9c3156ac694b081269e7631db910df955a4df29e20086134d7aa57f4e54795');
  });
});

describe('packTree', () => {
  it('packs the same tree into the same bytes, which read back as the tree', async () => {
    const long = `${'d/'.repeat(120)}naïve.md`;
    const tree = treeOf({ b: 'x'.repeat(1_000), a: '', [long]: 'text' });
    const again = new Map([...tree].reverse());

    const packed = await packTree(tree);

    expect((await packTree(again)).equals(packed)).toBe(true);
    const read = await readArchive(
      (async function* () {
        yield packed;
      })(),
      { limits, hasTopFolder: false },
    );
    expect(treeDigest(read)).toBe(treeDigest(tree));
  });

  it('is unpacked by the tar of the system', async () => {
    const target = join(place, 'out');
    await mkdir(target);
    await writeFile(join(place, 'x.tgz'), await packTree(await readLocalTree(root, 'notes', limits)));

    await promisify(execFile)('tar', ['xzf', join(place, 'x.tgz'), '-C', target]);

    expect((await readdir(target, { recursive: true })).sort()).toEqual(['plugin.yaml', 'skills', 'skills/SKILL.md']);
  });
});

describe('resolveInsideRoot', () => {
  it('gives real paths below the root, and the root', async () => {
    await symlink('notes', join(root, 'alias'));

    await expect(resolveInsideRoot(root, 'alias/plugin.yaml')).resolves.toBe(join(root, 'notes', 'plugin.yaml'));
    await expect(resolveInsideRoot(root, '.')).resolves.toBe(root);
    await expect(resolveInsideRoot(root, 'notes/../notes/')).resolves.toBe(join(root, 'notes'));
  });

  it.each(['', '..', '../secret', '/etc/passwd', 'notes/../../secret', '../registry2', 'a\\b', 'a\0b'])(
    'row 38: refuses %p',
    async (path) => {
      await mkdir(join(place, 'registry2'));

      await expect(resolveInsideRoot(root, path)).rejects.toMatchObject({
        fault: { kind: 'refused', reason: 'outside_root' },
      });
    },
  );

  it.each(['out', 'out/secret', 'out/missing', 'dangling', 'loop'])(
    'row 38: refuses the way out by a link: %s',
    async (path) => {
      await symlink(place, join(root, 'out'));
      await symlink(join(place, 'nothing'), join(root, 'dangling'));
      await symlink('loop', join(root, 'loop'));

      await expect(resolveInsideRoot(root, path)).rejects.toMatchObject({
        fault: { kind: 'refused', reason: 'outside_root' },
      });
    },
  );

  it('follows a hard link, which is the file', async () => {
    await link(join(root, 'notes', 'plugin.yaml'), join(root, 'hard'));

    await expect(resolveInsideRoot(root, 'hard')).resolves.toBe(join(root, 'hard'));
  });
});
