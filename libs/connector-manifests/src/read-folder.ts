import { isUtf8 } from 'node:buffer';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { ManifestFile } from './assemble-catalogue.js';
import { maxManifestBytes } from './read-manifest.js';

/** The folder of the bundled manifests. */
export const bundledFolder = join(import.meta.dirname, '..', 'catalog');

/**
 * Reads the manifest files of a folder, sorted by name. What cannot be read (too large, no file, a link out of the folder) is
 * reported in its place.
 * @throws Error of the file system when the folder itself cannot be read.
 */
export async function readManifestFolder(folder: string, origin: ManifestFile['origin']): Promise<ManifestFile[]> {
  const root = await realpath(folder);
  const names = (await readdir(root)).filter((name) => /\.ya?ml$/.test(name)).sort();
  const files: ManifestFile[] = [];
  for (const name of names) files.push({ name, origin, content: await contentOf(root, name) });
  return files;
}

async function contentOf(root: string, name: string): Promise<ManifestFile['content']> {
  try {
    const path = await realpath(join(root, name));
    if (!path.startsWith(root + sep)) return { problem: 'is a link that leads out of the folder' };
    const stats = await stat(path);
    if (!stats.isFile()) return { problem: 'is not a file' };
    if (stats.size > maxManifestBytes) return { problem: `must not be larger than ${maxManifestBytes} bytes` };
    const bytes = await readFile(path);
    return isUtf8(bytes) ? { text: bytes.toString('utf8') } : { problem: 'is not UTF-8' };
  } catch {
    return { problem: 'cannot be read' };
  }
}
