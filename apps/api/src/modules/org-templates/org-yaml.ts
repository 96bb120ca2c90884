import { readYamlText, YamlInclude } from '#sources';
import { besideFile, FolderFault, type OrgFolder } from './org-folder.js';

const maxIncludeDepth = 16;
const mostIncludes = 500;
const maxYamlLength = 262_144;
const mostValues = 200_000;

/** What kept a text from being read: its YAML, or what it includes. */
export type YamlFailure = { kind: 'not_yaml' | 'include'; file: string; reason: string };

/** A file with everything that it includes in place, or why not. */
export type OrgYamlReading = { ok: true; value: unknown } | { ok: false; failure: YamlFailure };

/**
 * Reads a YAML file of a folder and puts in place what `!include <path>` names, relative to the file that says it. Nothing outside
 * the folder, no circle, at most 16 levels, 500 files and 200,000 values.
 */
export async function readOrgYaml(folder: OrgFolder, file: string, text: string): Promise<OrgYamlReading> {
  const expansion = new Expansion(folder);
  try {
    return { ok: true, value: await expansion.read(text, [file]) };
  } catch (error) {
    if (error instanceof Stop) return { ok: false, failure: error.failure };
    if (!(error instanceof FolderFault)) throw error;
    return { ok: false, failure: { kind: 'include', file: error.path, reason: error.reason } };
  }
}

class Stop extends Error {
  constructor(readonly failure: YamlFailure) {
    super(failure.reason);
  }
}

class Expansion {
  #includes = 0;
  #values = 0;

  constructor(private readonly folder: OrgFolder) {}

  /** The value of a text; `trail` is the files that led to it, itself last. */
  async read(text: string, trail: readonly string[]): Promise<unknown> {
    const file = trail.at(-1) ?? '';
    const stop = (reason: string) => new Stop({ kind: 'not_yaml', file, reason });
    if (text.length > maxYamlLength) throw stop(`is longer than ${maxYamlLength} characters`);
    const reading = readYamlText(text, { includes: true, wholeNumbers: 'bigint' });
    if (!reading.ok) throw stop(reading.problems[0] ?? 'is not YAML');
    return this.#expand(reading.value, trail);
  }

  async #expand(value: unknown, trail: readonly string[]): Promise<unknown> {
    this.#values += 1;
    if (this.#values > mostValues) throw this.#refusal(trail, 'is too much in all');
    if (value instanceof YamlInclude) return this.#include(value.path, trail);
    if (Array.isArray(value)) {
      const items: unknown[] = [];
      for (const item of value) items.push(await this.#expand(item, trail));
      return items;
    }
    if (typeof value !== 'object' || value === null) return value;
    const entries: [string, unknown][] = [];
    for (const [key, item] of Object.entries(value)) entries.push([key, await this.#expand(item, trail)]);
    return Object.fromEntries(entries);
  }

  async #include(path: string, trail: readonly string[]): Promise<unknown> {
    this.#includes += 1;
    const file = besideFile(trail.at(-1) ?? '', path);
    if (file === null) throw this.#refusal(trail, 'includes what is not inside the organisation’s folder');
    if (trail.includes(file)) throw this.#refusal(trail, 'includes itself');
    if (trail.length > maxIncludeDepth) throw this.#refusal(trail, `is more than ${maxIncludeDepth} includes deep`);
    if (this.#includes > mostIncludes) throw this.#refusal(trail, `includes more than ${mostIncludes} files in all`);
    const text = await this.folder.readText(file);
    if (text === null) throw this.#refusal(trail, 'includes a file that is not there');
    return this.read(text, [...trail, file]);
  }

  #refusal(trail: readonly string[], reason: string): Stop {
    return new Stop({ kind: 'include', file: trail.at(-1) ?? '', reason });
  }
}
