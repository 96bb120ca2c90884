import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createGzip } from 'node:zlib';
import { Header, Pax } from 'tar';
import type { StagedTree } from './staged-tree.js';
import { sortedFiles } from './tree-digest.js';

/**
 * Packs a tree as tar.gz. The same tree gives the same bytes on every machine with the same zlib: files in the order of
 * their paths, mode 0644, no owner, time 0, nothing below a top folder.
 */
export async function packTree(tree: StagedTree): Promise<Buffer> {
  return await buffer(Readable.from(blocksOf(tree)).pipe(createGzip()));
}

function* blocksOf(tree: StagedTree): Generator<Buffer> {
  for (const [path, content] of sortedFiles(tree)) {
    yield headerOf(path, content.byteLength);
    if (content.byteLength > 0) yield content;
    const rest = content.byteLength % 512;
    if (rest > 0) yield Buffer.alloc(512 - rest);
  }
  yield Buffer.alloc(1_024);
}

function headerOf(path: string, size: number): Buffer {
  const header = new Header({ path, size, mode: 0o644, uid: 0, gid: 0, mtime: new Date(0), type: 'File' });
  const block = Buffer.alloc(512);
  // What the old header cannot hold (long names, names beyond ASCII) stands in an extended header before it.
  const needsPax = header.encode(block) || /[^\x20-\x7e]/.test(path);
  return needsPax ? Buffer.concat([new Pax({ path, size, mtime: new Date(0), mode: 0o644 }).encode(), block]) : block;
}
