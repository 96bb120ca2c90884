import { constants } from 'node:fs';
import { lstat, open, readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { isLocalName } from './source.js';
import { refusedEntry, SourceError, systemCode } from './source-faults.js';
import { type StagedTree, TreeBuilder, type TreeLimits, tooLarge } from './staged-tree.js';

/**
 * Reads the folder `name` of a registry on disk. No symbolic link is followed, the folder itself included.
 * @throws SourceError `invalid_spec` for a bad name, `not_found`, `refused`, `too_large`, `timeout` once the signal is
 * aborted, `upstream` when the disk fails.
 */
export async function readLocalTree(
  root: string,
  name: string,
  limits: TreeLimits,
  signal?: AbortSignal,
): Promise<StagedTree> {
  if (!isLocalName(name)) throw new SourceError({ kind: 'invalid_spec' });
  const builder = new TreeBuilder(limits);
  try {
    const folder = join(await realpath(root), name);
    const stats = await lstat(folder);
    if (stats.isSymbolicLink()) throw refusedEntry('symlink', name);
    if (!stats.isDirectory()) throw new SourceError({ kind: 'not_found' });
    await readFolder(builder, { folder, inside: '', limits, signal });
    return builder.finish();
  } catch (error) {
    throw translated(error);
  }
}

interface Place {
  folder: string;
  /** The folder's path inside the tree, empty or with a slash at its end. */
  inside: string;
  limits: TreeLimits;
  signal: AbortSignal | undefined;
}

async function readFolder(builder: TreeBuilder, place: Place): Promise<void> {
  if ((await realpath(place.folder)) !== place.folder) throw refusedEntry('symlink', place.inside);
  const entries = await readdir(place.folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (place.signal?.aborted) throw new SourceError({ kind: 'timeout' });
    const path = place.inside + entry.name;
    const full = join(place.folder, entry.name);
    if (entry.isSymbolicLink()) throw refusedEntry('symlink', path);
    if (entry.isDirectory()) {
      const inside = `${builder.admit(path, 'folder', 0)}/`;
      await readFolder(builder, { ...place, folder: full, inside });
    } else if (entry.isFile()) await readOne(builder, full, path, place.limits);
    else throw refusedEntry('special_file', path);
  }
}

async function readOne(builder: TreeBuilder, full: string, path: string, limits: TreeLimits): Promise<void> {
  // The file may have become a link or a pipe since the folder was listed: neither is followed nor waited for.
  const file = await open(full, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const stats = await file.stat();
    if (!stats.isFile()) throw refusedEntry('special_file', path);
    const admitted = builder.admit(path, 'file', stats.size);
    const content = Buffer.alloc(stats.size + 1);
    let length = 0;
    for (let read = -1; read !== 0 && length < content.length; length += read) {
      read = (await file.read(content, length, content.length - length)).bytesRead;
    }
    if (length > stats.size) throw tooLarge('bytes', limits.maxBytes);
    builder.keep(admitted, content.subarray(0, length));
  } finally {
    await file.close();
  }
}

function translated(error: unknown): SourceError {
  if (error instanceof SourceError) return error;
  const code = systemCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return new SourceError({ kind: 'not_found' }, { cause: error });
  if (code === 'ELOOP') return new SourceError({ kind: 'refused', reason: 'symlink', entry: '' }, { cause: error });
  return new SourceError({ kind: 'upstream', reason: 'the folder cannot be read' }, { cause: error });
}
