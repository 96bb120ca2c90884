import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readManifest } from './read-manifest.js';

const folder = join(import.meta.dirname, '..', 'catalog');
const files = readdirSync(folder);

describe('the bundled catalogue', () => {
  it('holds nothing but manifest files named after their connector', () => {
    const ids = files.map((file) => {
      const reading = readManifest(readFileSync(join(folder, file), 'utf8'));
      return reading.ok ? `${reading.manifest.id}.yaml` : file;
    });
    expect(ids).toEqual(files);
  });

  it.each(files)('%s is valid and cites where its facts are published', (file) => {
    const reading = readManifest(readFileSync(join(folder, file), 'utf8'));
    expect(reading).toMatchObject({ ok: true });
    expect(reading.ok && reading.manifest.sources).not.toHaveLength(0);
    expect(reading.ok && reading.manifest.sources).toBeTruthy();
  });
});
