import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { manifestText } from './manifest.fixture.js';
import { manifestJsonSchema } from './manifest.schema.js';
import { bundledFolder } from './read-folder.js';

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
const validate = ajv.compile(manifestJsonSchema('https://here.example/schema.json'));

describe('the published JSON Schema', () => {
  it.each(readdirSync(bundledFolder))('accepts the bundled %s', (file) => {
    expect([validate(parse(readFileSync(join(bundledFolder, file), 'utf8'))), validate.errors]).toEqual([true, null]);
  });

  it('is closed: unknown members are refused at every level', () => {
    expect(validate(parse(manifestText()))).toBe(true);
    expect(validate(parse(manifestText({ extra: 1 })))).toBe(false);
    expect(validate(parse(manifestText({ brand: { extra: 1 } })))).toBe(false);
  });
});
