import { describe, expect, it } from 'vitest';
import { isAllowed, mostLevels } from './allowlist-rules.js';
import { supportsRuntime } from './compatibility-rules.js';
import { emptyManifest, readPluginManifest } from './plugin-manifest.js';

const rulers = (...lists: (string[] | null)[]) =>
  lists.map((names, index) => ({ workspaceId: `w${index}`, depth: index + 1, names }));

describe('whether a plugin is allowed', () => {
  it('is what every list at or above the workspace says', () => {
    expect(isAllowed(rulers(null, null), 'a')).toBe(true);
    expect(isAllowed(rulers(['a'], null, ['a', 'b']), 'a')).toBe(true);
    expect(isAllowed(rulers(['a', 'b'], ['a']), 'b')).toBe(false);
    expect(isAllowed(rulers(null, null, ['b']), 'a')).toBe(false);
  });

  it('is no where nothing is known of the workspace, or the chain has no end', () => {
    expect(isAllowed([], 'a')).toBe(false);
    expect(isAllowed(rulers(...Array<null>(mostLevels).fill(null)), 'a')).toBe(false);
  });
});

describe('the manifest of a plugin', () => {
  const read = (yaml: string) => {
    const reading = readPluginManifest(Buffer.from(yaml));
    return reading.ok ? reading.manifest : reading.problem;
  };

  it('keeps what it can of what is badly typed', () => {
    expect(read('version: 1.5\ndescription: [x]\nauthor: {a: 1}\ntags: [a, 1, {b: 2}, c]\nskills: none')).toEqual({
      ...emptyManifest,
      version: '1.5',
      tags: ['a', 'c'],
    });
    expect(['', 'just text', '[1, 2]', 'null'].map(read)).toEqual(Array(4).fill(emptyManifest));
  });

  it('holds nothing that could not be stored, and nothing without an end', () => {
    const manifest = read(`version: "a\\0b"\nauthor: "\\uD800"\ndescription: "${'x'.repeat(5_000)}"`);

    expect(manifest).toMatchObject({ version: 'ab', author: '\ufffd', description: 'x'.repeat(4_096) });
  });
});

describe('whether a plugin runs on a runtime', () => {
  const on = (runtimes: string[], runtime: string) => supportsRuntime({ ...emptyManifest, runtimes }, runtime);

  it('does not depend on how the runtime is spelt', () => {
    expect([on([], 'any'), on(['claude-code'], 'claude_code'), on(['claude_code'], 'claude-code')]).toEqual([
      true,
      true,
      true,
    ]);
    expect([on(['claude-code'], 'claudecode'), on(['a'], 'A')]).toEqual([false, false]);
  });
});
