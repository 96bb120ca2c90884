import { isUtf8 } from 'node:buffer';
import { constants } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { posix, relative } from 'node:path';
import { resolveInsideRoot, SourceError } from '#sources';

const mebibyte = 1_048_576;
const maxFileBytes = mebibyte;
const maxAllBytes = 32 * mebibyte;
const mostListed = 200;
const mostLooked = 2_000;

interface Walk {
  found: string[];
  /** Real paths of the folders that are being looked into: a link back to one is no new folder. */
  open: Set<string>;
  looked: number;
}

/** Why something of a folder is not taken, in words that go behind its path. */
export class FolderFault extends Error {
  constructor(
    /** As it was asked for. */
    readonly path: string,
    readonly reason: string,
  ) {
    super(reason);
    this.name = 'FolderFault';
  }
}

/** What one import may read in all, however many folders it reads from. */
export class ReadingBudget {
  #bytes = maxAllBytes;

  /** @throws FolderFault once more is read than 32 MiB. */
  spend(path: string, bytes: number): void {
    this.#bytes -= bytes;
    if (this.#bytes < 0) throw new FolderFault(path, 'is more than the 32 MiB that an import may read in all');
  }
}

/** A folder of texts. Whatever is asked for, links included, only what really lies inside is read. */
export class OrgFolder {
  private constructor(
    private readonly root: string,
    private readonly budget: ReadingBudget,
  ) {}

  /** A folder below a root. @throws SourceError `refused` when it leads out of it, `not_found`. */
  static async inside(root: string, path: string, budget: ReadingBudget): Promise<OrgFolder> {
    const real = await resolveInsideRoot(root, path);
    if (!(await stat(real)).isDirectory()) throw new SourceError({ kind: 'not_found' });
    return new OrgFolder(real, budget);
  }

  /**
   * A text file; null when it is not there, is no file or no text.
   * @throws FolderFault when the path or a link on it leads out of the folder, or for more than 1 MiB.
   */
  async readText(path: string): Promise<string | null> {
    const real = await this.#resolve(path);
    if (real === null) return null;
    // It may have become a link or a pipe since: neither is followed nor waited for.
    const file = await open(real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const { size } = await file.stat();
      if (!(await file.stat()).isFile()) return null;
      if (size > maxFileBytes) throw new FolderFault(path, 'is larger than 1 MiB');
      this.budget.spend(path, size);
      const bytes = Buffer.alloc(size);
      const { bytesRead } = await file.read(bytes, 0, size, 0);
      const content = bytes.subarray(0, bytesRead);
      return isUtf8(content) && !content.includes(0) ? content.toString('utf8') : null;
    } finally {
      await file.close();
    }
  }

  /**
   * The files below a folder of it, relative to that folder, sorted. Empty when there is no such folder.
   * @throws FolderFault for more than 200, or for one that leads out.
   */
  async list(path: string): Promise<string[]> {
    const start = await this.#resolve(path);
    if (start === null || !(await stat(start)).isDirectory()) return [];
    const found: string[] = [];
    await this.#walk(start, '', { found, open: new Set(), looked: 0 });
    return found.sort();
  }

  async #walk(real: string, inside: string, state: Walk): Promise<void> {
    if (state.open.has(real)) return;
    state.open.add(real);
    for (const name of (await readdir(real)).sort()) {
      const path = inside + name;
      state.looked += 1;
      if (state.looked > mostLooked) throw new FolderFault(inside || '.', `has more than ${mostLooked} entries`);
      const target = await this.#resolve(relative(this.root, `${real}/${name}`));
      if (target === null) continue;
      const stats = await stat(target);
      if (stats.isDirectory()) await this.#walk(target, `${path}/`, state);
      else if (stats.isFile()) state.found.push(path);
      if (state.found.length > mostListed) throw new FolderFault(inside || '.', `has more than ${mostListed} files`);
    }
    state.open.delete(real);
  }

  async #resolve(path: string): Promise<string | null> {
    try {
      return await resolveInsideRoot(this.root, path === '' ? '.' : path);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      if (error.fault.kind === 'not_found') return null;
      throw new FolderFault(path, 'leads out of the organisation’s folder');
    }
  }
}

/** A path relative to a file, as `!include` has it; null for one that is absolute or leads above the root. */
export function besideFile(file: string, path: string): string | null {
  if (posix.isAbsolute(path) || path.includes('\\') || path.includes('\0') || path.trim() === '') return null;
  const joined = posix.normalize(posix.join(posix.dirname(file), path));
  return joined === '..' || joined.startsWith('../') ? null : joined;
}
