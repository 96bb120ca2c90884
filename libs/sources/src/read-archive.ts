import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { Parser, type ReadEntry } from 'tar';
import { normalPath } from './path-rules.js';
import { refusedEntry, SourceError } from './source-faults.js';
import { type StagedTree, TreeBuilder, type TreeLimits, tooLarge } from './staged-tree.js';

/** How an archive is read. */
export interface ArchiveReading {
  limits: TreeLimits;
  /** Whether everything lies in one top folder, whose name is left out, as in the archives of GitHub. */
  hasTopFolder: boolean;
  /** Aborted when the time is over. */
  signal?: AbortSignal;
}

/**
 * Reads a tar.gz as it arrives. Every entry is judged by its header, before any of its content is inflated: only files
 * and folders with plain relative paths, each once. What inflates is counted, so that a bomb dies early.
 * @throws SourceError `refused`, `too_large` or `timeout`; an error of `source` as it is.
 */
export async function readArchive(source: AsyncIterable<Uint8Array>, reading: ArchiveReading): Promise<StagedTree> {
  const { limits, signal } = reading;
  const intake = new Intake(reading);
  const sender: { failure?: unknown } = {};
  try {
    await pipeline(
      watched(source, limits, (error) => {
        sender.failure = error;
      }),
      createGunzip({ chunkSize: 65_536 }),
      async (inflated: AsyncIterable<Buffer>) => await intake.readAll(inflated),
      { signal },
    );
  } catch (error) {
    if ('failure' in sender && !signal?.aborted) throw sender.failure;
    if (error instanceof SourceError) throw error;
    if (signal?.aborted) throw new SourceError({ kind: 'timeout' }, { cause: error });
    throw new SourceError({ kind: 'refused', reason: 'not_an_archive', entry: 'archive' }, { cause: error });
  }
  return intake.finish();
}

// A failure of the sender must not be taken for a broken archive.
async function* watched(
  source: AsyncIterable<Uint8Array>,
  limits: TreeLimits,
  onFailure: (error: unknown) => void,
): AsyncGenerator<Uint8Array> {
  const chunks = source[Symbol.asyncIterator]();
  let bytes = 0;
  try {
    for (;;) {
      const next = await chunks.next().catch((error: unknown) => {
        onFailure(error);
        throw error;
      });
      if (next.done) return;
      bytes += next.value.byteLength;
      if (bytes > limits.maxCompressedBytes) throw tooLarge('compressed_bytes', limits.maxCompressedBytes);
      yield next.value;
    }
  } finally {
    await chunks.return?.();
  }
}

/** What headers, extended headers and padding may add to the content of an archive. */
const overheadOf = (limits: TreeLimits): number => limits.maxEntries * 4_096 + 1_048_576;

class Intake {
  readonly #builder: TreeBuilder;
  readonly #parser: Parser;
  #topFolder: string | null = null;
  #fault: unknown = null;
  #atEnd = false;

  constructor(private readonly reading: ArchiveReading) {
    this.#builder = new TreeBuilder(reading.limits);
    // Neither a second layer of compression nor anything that a lenient reader would pass over is taken.
    this.#parser = new Parser({
      strict: true,
      brotli: false,
      zstd: false,
      filter: (_, entry) => this.#admit(entry as ReadEntry),
    });
    this.#parser.on('entry', (entry: ReadEntry) => this.#collect(entry));
    this.#parser.on('ignoredEntry', (entry: ReadEntry) => this.#fail(refusedEntry('special_file', entry.path)));
    this.#parser.on('meta', (text: string) => {
      if (text.replace(/\0+$/, '').includes('\0')) this.#fail(refusedEntry('nul_byte', text));
    });
    this.#parser.on('eof', () => {
      this.#atEnd = true;
    });
    this.#parser.on('error', (error: unknown) => this.#fail(error));
  }

  async readAll(inflated: AsyncIterable<Buffer>): Promise<void> {
    const max = this.reading.limits.maxBytes + overheadOf(this.reading.limits);
    let bytes = 0;
    for await (const chunk of inflated) {
      // A gzip header where the first name should stand: the parser would inflate it once more, uncounted.
      if (bytes === 0 && chunk[0] === 0x1f) throw refusedEntry('not_an_archive', 'archive');
      bytes += chunk.byteLength;
      if (bytes > max) throw tooLarge('bytes', this.reading.limits.maxBytes);
      // Padding may follow the end of the archive. It is counted, and nothing is looked for in it.
      if (!this.#atEnd) this.#parser.write(chunk);
      if (this.#fault !== null) throw this.#fault;
    }
    if (!this.#atEnd) this.#parser.end();
    if (this.#fault !== null) throw this.#fault;
  }

  finish(): StagedTree {
    return this.#builder.finish();
  }

  #fail(error: unknown): void {
    this.#fault ??= error;
  }

  #admit(entry: ReadEntry): boolean {
    if (this.#fault !== null) return false;
    try {
      this.#pathOf.set(entry, this.#judge(entry));
      return true;
    } catch (error) {
      this.#fail(error);
      return false;
    }
  }

  readonly #pathOf = new WeakMap<ReadEntry, string>();

  // The path under which the entry is kept, empty for the top folder itself.
  #judge(entry: ReadEntry): string {
    const kind = kindOf(entry);
    const admitted = this.#builder.admit(entry.path, kind, entry.size);
    if (!this.reading.hasTopFolder) return admitted;
    const [top = '', ...rest] = normalPath(entry.path).split('/');
    this.#topFolder ??= top;
    if (top !== this.#topFolder || (rest.length === 0 && kind === 'file')) {
      throw refusedEntry('outside_top_folder', entry.path);
    }
    return rest.join('/');
  }

  #collect(entry: ReadEntry): void {
    const chunks: Buffer[] = [];
    entry.on('data', (chunk: Buffer) => chunks.push(chunk));
    entry.on('end', () => {
      const path = this.#pathOf.get(entry) ?? '';
      if (kindOf(entry) === 'file' && path !== '') this.#builder.keep(path, Buffer.concat(chunks));
    });
  }
}

function kindOf(entry: ReadEntry): 'file' | 'folder' {
  switch (entry.type) {
    case 'File':
    case 'OldFile':
    case 'ContiguousFile':
      return 'file';
    case 'Directory':
      return 'folder';
    case 'SymbolicLink':
      throw refusedEntry('symlink', entry.path);
    case 'Link':
      throw refusedEntry('hardlink', entry.path);
    default:
      throw refusedEntry('special_file', entry.path);
  }
}
