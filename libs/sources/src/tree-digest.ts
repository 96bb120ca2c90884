import { createHash } from 'node:crypto';
import type { StagedTree } from './staged-tree.js';

/**
 * SHA-256 (hex) of a whole tree. For every file, by path in the order of its UTF-8 bytes: the length of the path in bytes
 * (8 bytes, big-endian), the path, the length of the content (8 bytes, big-endian), the content. The lengths make sure that
 * no two trees give the same bytes.
 */
export function treeDigest(tree: StagedTree): string {
  const hash = createHash('sha256');
  for (const [path, content] of sortedFiles(tree)) {
    for (const part of [Buffer.from(path), content]) {
      const length = Buffer.alloc(8);
      length.writeBigUInt64BE(BigInt(part.byteLength));
      hash.update(length).update(part);
    }
  }
  return hash.digest('hex');
}

/** The files of a tree in the order of the bytes of their paths. */
export function sortedFiles(tree: StagedTree): [string, Buffer][] {
  return [...tree].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}
