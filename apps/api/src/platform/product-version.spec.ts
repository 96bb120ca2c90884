import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { productVersion } from './product-version.js';

it('tells the version that package.json tells', () => {
  const manifest = JSON.parse(readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8')) as unknown;
  expect(manifest).toMatchObject({ version: productVersion });
});
