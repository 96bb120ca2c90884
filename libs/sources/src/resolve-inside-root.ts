import { lstat, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, sep } from 'node:path';
import { refusedEntry, SourceError, systemCode } from './source-faults.js';

/**
 * The real path of `path` below `root`, every symbolic link on the way resolved; the root itself is allowed. Nothing
 * outside the root is told from nothing at all: whether a file exists there is not revealed.
 * @throws SourceError `refused` (`outside_root`) for an empty or absolute path, and one that leaves the root by `..` or by
 * a link; `not_found` when it stays inside but does not exist.
 */
export async function resolveInsideRoot(root: string, path: string): Promise<string> {
  if (path === '' || path.includes('\0') || path.includes('\\') || isAbsolute(path)) {
    throw refusedEntry('outside_root', path);
  }
  const home = await existing(root);
  const wanted = join(home, path).replace(/(?<=.)\/+$/, '');
  if (!isWithin(home, wanted)) throw refusedEntry('outside_root', path);
  // Of what does not exist, the nearest folder that does decides.
  for (let probe = wanted; ; probe = dirname(probe)) {
    const real = await findReal(probe);
    if (real === null && probe !== home) continue;
    if (real === null || !isWithin(home, real)) throw refusedEntry('outside_root', path);
    if (probe !== wanted) throw new SourceError({ kind: 'not_found' });
    return real;
  }
}

function isWithin(home: string, path: string): boolean {
  return path === home || path.startsWith(home.endsWith(sep) ? home : home + sep);
}

async function existing(root: string): Promise<string> {
  return (await findReal(root)) ?? raiseNotFound();
}

function raiseNotFound(): never {
  throw new SourceError({ kind: 'not_found' });
}

async function findReal(path: string): Promise<string | null> {
  try {
    return await realpath(path);
  } catch (error) {
    const code = systemCode(error);
    // A link to nothing is still a way out.
    if (code === 'ENOTDIR' || (code === 'ENOENT' && !(await isLink(path)))) return null;
    if (code === 'ENOENT') throw refusedEntry('outside_root', path);
    if (code === 'ELOOP' || code === 'ENAMETOOLONG') throw refusedEntry('outside_root', path);
    throw new SourceError({ kind: 'upstream', reason: 'the folder cannot be read' }, { cause: error });
  }
}

async function isLink(path: string): Promise<boolean> {
  const stats = await lstat(path).catch(() => null);
  return stats?.isSymbolicLink() ?? false;
}
