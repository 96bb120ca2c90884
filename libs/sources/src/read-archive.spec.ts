import { Readable } from 'node:stream';
import { createGzip, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readArchive } from './read-archive.js';
import { type EntryRefusal, SourceError, type SourceFault } from './source-faults.js';
import { treeLimits } from './staged-tree.js';
import { archiveOf, paxPath, type RawEntry, rawArchive, rawEntry } from './tar.fixture.js';

const mebibyte = 1_048_576;
const limits = { ...treeLimits(mebibyte), maxEntries: 100 };

async function* piecesOf(archive: Buffer, size = 1_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < archive.length; at += size) yield archive.subarray(at, at + size);
}

async function read(archive: Buffer, own = limits) {
  return await readArchive(piecesOf(archive), { limits: own, hasTopFolder: true });
}

async function faultOf(archive: Buffer, own = limits): Promise<SourceFault> {
  const failure: unknown = await read(archive, own).catch((error: unknown) => error);
  if (!(failure instanceof SourceError)) throw new Error('was taken', { cause: failure });
  return failure.fault;
}

describe('readArchive', () => {
  it('gives the files of an archive without its top folder', async () => {
    const tree = await read(archiveOf({ 'plugin.yaml': 'version: 1', 'skills/a/SKILL.md': 'text', empty: '' }));

    expect([...tree].map(([path, content]) => [path, content.toString()])).toEqual([
      ['plugin.yaml', 'version: 1'],
      ['skills/a/SKILL.md', 'text'],
      ['empty', ''],
    ]);
  });

  it('takes names of 255 bytes and beyond ASCII from extended headers', async () => {
    const name = `${'é'.repeat(127)}e`;
    const tree = await read(rawArchive([paxPath(`repo-v1/${name}`), { path: 'short', content: 'x' }]));

    expect([...tree.keys()]).toEqual([name]);
  });

  it.each<[string, EntryRefusal, (RawEntry | Buffer)[]]>([
    ['a `../` entry', 'parent_folder', [{ path: '../../etc/cron.d/x', content: 'x' }]],
    ['a `..` in the middle', 'parent_folder', [{ path: 'a/../../b', content: 'x' }]],
    ['an absolute path', 'absolute_path', [rawEntry({ path: '/etc/passwd', content: 'x' })]],
    [
      'an absolute path in an extended header',
      'absolute_path',
      [paxPath('/etc/passwd'), { path: 'good', content: 'x' }],
    ],
    ['a symbolic link', 'symlink', [{ path: 'link', type: '2', linkpath: '/etc' }]],
    [
      'a symbolic link and a file through it',
      'symlink',
      [
        { path: 'link', type: '2', linkpath: '/tmp' },
        { path: 'link/owned', content: 'x' },
      ],
    ],
    ['a hard link', 'hardlink', [{ path: 'link', type: '1', linkpath: '/etc/passwd' }]],
    ['a character device', 'special_file', [{ path: 'null', type: '3' }]],
    ['a block device', 'special_file', [{ path: 'sda', type: '4' }]],
    ['a pipe', 'special_file', [{ path: 'pipe', type: '6' }]],
    ['a type nobody knows', 'special_file', [{ path: 'odd', type: 'Z' }]],
    ['a backslash', 'backslash', [{ path: '..\\..\\x', content: 'x' }]],
    ['a drive letter', 'drive_letter', [rawEntry({ path: 'C:/x', content: 'x' })]],
    ['a NUL byte', 'nul_byte', [paxPath('repo-v1/good\0/../../evil'), { path: 'good', content: 'x' }]],
    ['a control character', 'control_character', [{ path: 'a\u001b[2Jb', content: 'x' }]],
    ['bytes that are not UTF-8', 'not_utf8', [badBytes()]],
    ['a name of 256 bytes', 'name_too_long', [paxPath(`repo-v1/${'n'.repeat(256)}`), { path: 'x', content: 'x' }]],
    ['a path of 1025 bytes', 'path_too_long', [paxPath(`repo-v1/${'d/'.repeat(508)}x`), { path: 'x', content: 'x' }]],
    [
      'a duplicate entry',
      'duplicate',
      [
        { path: 'a', content: '1' },
        { path: 'a', content: '2' },
      ],
    ],
    [
      'a duplicate but for a dot',
      'duplicate',
      [
        { path: 'a', content: '1' },
        { path: './a', content: '2' },
      ],
    ],
    [
      'a duplicate in another case',
      'duplicate',
      [
        { path: 'SKILL.md', content: '1' },
        { path: 'skill.MD', content: '2' },
      ],
    ],
    [
      'a duplicate in another Unicode form',
      'duplicate',
      [
        { path: 'caf\u00e9', content: '1' },
        { path: 'cafe\u0301', content: '2' },
      ],
    ],
    [
      'a file below a file',
      'duplicate',
      [
        { path: 'a', content: '1' },
        { path: 'a/b', content: '2' },
      ],
    ],
    [
      'a folder in place of a file',
      'duplicate',
      [
        { path: 'a/b', content: '1' },
        { path: 'A', content: '2' },
      ],
    ],
    [
      'an entry outside the top folder',
      'outside_top_folder',
      [{ path: 'a', content: '1' }, rawEntry({ path: 'other/b' })],
    ],
  ])('row 38: refuses %s', async (_, reason, entries) => {
    await expect(faultOf(rawArchive(entries))).resolves.toMatchObject({ kind: 'refused', reason });
  });

  it('row 38: refuses 1 GiB of zeros by what its header claims, after reading next to nothing of it', async () => {
    const gib = 1_024 * mebibyte;
    let sent = 0;
    async function* bomb(): AsyncGenerator<Buffer> {
      yield rawEntry({ path: 'repo-v1/zeros', size: gib }).subarray(0, 512);
      for (let left = gib; left > 0; left -= mebibyte) {
        sent += mebibyte;
        yield Buffer.alloc(mebibyte);
      }
    }
    const failure: unknown = await readArchive(Readable.from(bomb()).pipe(createGzip()), {
      limits,
      hasTopFolder: true,
    }).catch((error: unknown) => error);

    expect(failure).toMatchObject({ fault: { kind: 'too_large', of: 'bytes', max: mebibyte } });
    expect(sent).toBeLessThan(64 * mebibyte);
  });

  it('row 38: refuses zeros that stand behind the end of the archive, without holding them', async () => {
    const padding = Buffer.concat([rawEntry({ path: 'repo-v1/a' }), Buffer.alloc(1_024), Buffer.alloc(64 * mebibyte)]);

    await expect(faultOf(gzipSync(padding))).resolves.toMatchObject({ kind: 'too_large', of: 'bytes' });
  });

  it('row 38: refuses a million entries at the first one over the limit', async () => {
    const folder = rawEntry({ path: 'repo-v1/d', type: '5' });
    let sent = 0;
    async function* many(): AsyncGenerator<Buffer> {
      for (; sent < 1_000_000; sent++) yield folder;
    }
    const failure: unknown = await readArchive(Readable.from(many()).pipe(createGzip()), {
      limits,
      hasTopFolder: true,
    }).catch((error: unknown) => error);

    expect(failure).toMatchObject({ fault: { kind: 'too_large', of: 'entries', max: 100 } });
    expect(sent).toBeLessThan(500_000);
  });

  it('row 38: refuses a bomb inside a bomb', async () => {
    await expect(faultOf(gzipSync(rawArchive([{ path: 'a', content: 'x' }])))).resolves.toMatchObject({
      kind: 'refused',
      reason: 'not_an_archive',
    });
  });

  it('row 38: refuses one byte over the limit and takes exactly the limit', async () => {
    const whole = Buffer.alloc(mebibyte / 2, 'a');

    await expect(read(archiveOf({ a: whole, b: whole }))).resolves.toHaveProperty('size', 2);
    await expect(faultOf(archiveOf({ a: whole, b: whole, c: 'x' }))).resolves.toMatchObject({ kind: 'too_large' });
  });

  it('refuses more packed bytes than allowed', async () => {
    await expect(faultOf(archiveOf({ a: 'x' }), { ...limits, maxCompressedBytes: 50 })).resolves.toMatchObject({
      kind: 'too_large',
      of: 'compressed_bytes',
    });
  });

  it.each([
    ['no gzip', Buffer.from('<html>not found</html>')],
    ['a cut-off gzip', archiveOf({ a: 'text' }).subarray(0, 60)],
    ['a gzip of text', gzipSync('hello '.repeat(400))],
    ['an entry whose content is missing', gzipSync(rawEntry({ path: 'repo-v1/a', size: 5_000 }))],
    ['nothing', Buffer.alloc(0)],
  ])('refuses %s', async (_, archive) => {
    await expect(faultOf(archive)).resolves.toMatchObject({ kind: 'refused', reason: 'not_an_archive' });
  });

  it('says of a failing sender what the sender said', async () => {
    const lost = new Error('connection lost');
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield archiveOf({ a: 'text' }).subarray(0, 20);
      throw lost;
    }

    await expect(readArchive(broken(), { limits, hasTopFolder: true })).rejects.toBe(lost);
  });

  it('ends when the time is over, while the sender is silent', async () => {
    const signal = AbortSignal.timeout(20);
    async function* silent(): AsyncGenerator<Uint8Array> {
      yield archiveOf({ a: 'text' }).subarray(0, 20);
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    }

    await expect(readArchive(silent(), { limits, hasTopFolder: true, signal })).rejects.toMatchObject({
      fault: { kind: 'timeout' },
    });
  });

  it('shows of a name only what cannot hurt a terminal', async () => {
    await expect(faultOf(rawArchive([{ path: 'a\u001b[2Jb', content: 'x' }]))).resolves.toMatchObject({
      entry: 'repo-v1/a?[2Jb',
    });
  });
});

function badBytes(): Buffer {
  const entry = rawEntry({ path: 'repo-v1/\u0001\u0002', content: 'x' });
  entry[8] = 0xc3;
  entry[9] = 0x28;
  const sum = entry.subarray(0, 512).reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0);
  entry.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return entry;
}
