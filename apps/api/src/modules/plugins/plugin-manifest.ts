import { readStrictYaml } from '#sources';
import type { PluginManifest } from './plugins.types.js';

/** Name of the file in which a plugin describes itself. */
export const manifestFile = 'plugin.yaml';

/** What is known of a plugin without a `plugin.yaml`. */
export const emptyManifest: PluginManifest = {
  version: '',
  description: '',
  author: '',
  tags: [],
  skills: [],
  runtimes: [],
};

/** A manifest, or why the file is not taken. */
export type ManifestReading = { ok: true; manifest: PluginManifest } | { ok: false; problem: string };

/**
 * Reads a `plugin.yaml`. Members of a wrong type count as absent, items that are no strings are dropped, long texts are
 * cut: a plugin is not refused for how it describes itself. What is not strict YAML is.
 */
export function readPluginManifest(bytes: Buffer): ManifestReading {
  const yaml = readStrictYaml(bytes);
  return yaml.ok ? { ok: true, manifest: manifestOf(yaml.value) } : yaml;
}

/** A manifest from data that was read from YAML or from the database. */
export function manifestOf(value: unknown): PluginManifest {
  const members =
    typeof value === 'object' && value !== null ? new Map<string, unknown>(Object.entries(value)) : new Map();
  return {
    version: textOf(members.get('version'), 128),
    description: textOf(members.get('description'), 4_096),
    author: textOf(members.get('author'), 256),
    tags: listOf(members.get('tags')),
    skills: listOf(members.get('skills')),
    runtimes: listOf(members.get('runtimes')),
  };
}

function textOf(value: unknown, max: number): string {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string') return '';
  // Half a character and NUL are no text that could be stored.
  return Buffer.from(text.slice(0, max)).toString('utf8').replaceAll('\0', '');
}

function listOf(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return value
    .filter((item) => typeof item === 'string')
    .slice(0, 100)
    .map((item) => textOf(item, 128));
}
