import { createHash } from 'node:crypto';
import { type StagedTree, treeDigest } from '#sources';
import { manifestFile } from './plugin-manifest.js';
import type { PluginSource } from './plugin-source.js';
import { pluginErrors } from './plugins.errors.js';
import type { DigestCheck } from './plugins.types.js';

const selfDeclared = 'manifest.json';

/**
 * Holds a tree against the digest in its own `manifest.json`, where there is one: {@link treeDigest} of all other files.
 * It shows damage, not forgery, since whoever changes the files can change it too.
 * @throws AppError 422 `plugin.integrity_failed` or `plugin.integrity_form_outdated`.
 */
export function checkSelfDeclared(tree: StagedTree, source: PluginSource): void {
  const file = tree.get(selfDeclared);
  if (file === undefined) return;
  const about = { extensions: { source: source.text } };
  const claimed = claimOf(file, about);
  if (claimed === undefined) return;
  const others = new Map([...tree].filter(([path]) => path !== selfDeclared));
  if (claimed === treeDigest(others)) return;
  throw claimed === oldForm(others) ? pluginErrors.integrityFormOutdated(about) : pluginErrors.integrityFailed(about);
}

/**
 * Holds a tree against the digest that the caller sent: of the whole tree, or else of `plugin.yaml` alone.
 * @returns which of the two it is. @throws AppError 422.
 */
export function checkClaimed(tree: StagedTree, digest: string, claimed: string, source: PluginSource): DigestCheck {
  const expected = claimed.trim().toLowerCase();
  if (expected === digest) return 'tree';
  const about = { extensions: { source: source.text } };
  const manifest = tree.get(manifestFile);
  if (manifest === undefined) throw pluginErrors.digestWithoutManifest(about);
  if (expected === sha256(manifest)) return 'plugin_yaml';
  throw pluginErrors.digestMismatch({ ...about, params: { expected, actual: digest } });
}

function claimOf(file: Buffer, about: { extensions: { source: string } }): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(file.toString('utf8'));
  } catch (cause) {
    throw pluginErrors.integrityFailed({ ...about, cause });
  }
  if (typeof value !== 'object' || value === null) throw pluginErrors.integrityFailed(about);
  if (!('sha256' in value)) return undefined;
  if (typeof value.sha256 !== 'string') throw pluginErrors.integrityFailed(about);
  return value.sha256.toLowerCase();
}

// Known only so that a publisher is told what to do: paths and contents follow each other without lengths.
function oldForm(tree: StagedTree): string {
  const hash = createHash('sha256');
  for (const [path, content] of [...tree].sort(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(`${path}\0`).update(content);
  return hash.digest('hex');
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
