import { collisionKey, findPathRefusal, normalPath } from './path-rules.js';
import { refusedEntry, SourceError } from './source-faults.js';

/**
 * Files as they were fetched: path (relative, `/` between names) to content. It is kept in memory, so that nothing of a
 * source ever touches the disk, nothing is left behind by a crash, and no path is ever resolved by a file system.
 */
export type StagedTree = ReadonlyMap<string, Buffer>;

/** How much is taken from a source. */
export interface TreeLimits {
  /** Most bytes of all files together; exactly so many are taken. */
  maxBytes: number;
  /** Most files and folders. */
  maxEntries: number;
  /** Most bytes of the packed archive. */
  maxCompressedBytes: number;
}

/** The usual limits around a number of bytes: 10,000 entries, and an archive that need not compress at all. */
export function treeLimits(maxBytes: number): TreeLimits {
  return { maxBytes, maxEntries: 10_000, maxCompressedBytes: maxBytes + 16 * 1_048_576 };
}

/** The bytes of all files of a tree. */
export function treeBytes(tree: StagedTree): number {
  let bytes = 0;
  for (const content of tree.values()) bytes += content.byteLength;
  return bytes;
}

/** A tree that is being filled: every entry is judged before its content is read. */
export class TreeBuilder {
  readonly #files = new Map<string, Buffer>();
  readonly #kinds = new Map<string, 'file' | 'folder'>();
  #entries = 0;
  #bytes = 0;

  constructor(private readonly limits: TreeLimits) {}

  /**
   * Admits an entry by its path and the size it says it has.
   * @returns its normal path. @throws SourceError when it is refused or a limit is passed.
   */
  admit(path: string, kind: 'file' | 'folder', size: number): string {
    this.#entries += 1;
    if (this.#entries > this.limits.maxEntries) throw tooLarge('entries', this.limits.maxEntries);
    const refusal = findPathRefusal(path);
    if (refusal !== null) throw refusedEntry(refusal, path);
    this.#bytes += size;
    if (this.#bytes > this.limits.maxBytes) throw tooLarge('bytes', this.limits.maxBytes);
    const normal = normalPath(path);
    this.#claim(normal, kind);
    return normal;
  }

  /** Keeps the content of an admitted file. */
  keep(path: string, content: Buffer): void {
    this.#files.set(path, content);
  }

  /** What was kept. */
  finish(): StagedTree {
    return this.#files;
  }

  // A file must be the only one of its name, and nothing may lie below it; a folder may be named often.
  #claim(path: string, kind: 'file' | 'folder'): void {
    const names = path.split('/');
    for (let depth = 1; depth < names.length; depth++) this.#claimOne(names.slice(0, depth).join('/'), 'folder', path);
    this.#claimOne(path, kind, path);
  }

  #claimOne(path: string, kind: 'file' | 'folder', entry: string): void {
    const key = collisionKey(path);
    const known = this.#kinds.get(key);
    if (known !== undefined && (known === 'file' || kind === 'file')) throw refusedEntry('duplicate', entry);
    this.#kinds.set(key, kind);
  }
}

/** The error of a limit that was passed. */
export function tooLarge(of: 'bytes' | 'entries' | 'compressed_bytes', max: number): SourceError {
  return new SourceError({ kind: 'too_large', of, max });
}
