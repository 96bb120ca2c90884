import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { bundleJsonSchema, bundleSchema } from './bundle.schema.js';

const published = 'https://crewship.example.com/api/v1/bundles/schema';

describe('the JSON Schema of bundles', () => {
  it('is the one in docs', () => {
    const committed: unknown = JSON.parse(readFileSync('docs/bundle.schema.json', 'utf8'));
    expect(committed).toEqual(JSON.parse(JSON.stringify(bundleJsonSchema(published))));
  });

  it.each([
    [{ name: 'W' }, true],
    [{ name: 'W', sub_workspaces: [{ name: 'V', integrations: [{ name: 's' }] }] }, true],
    [{}, false],
    [{ name: 'W', sub_workspaces: [{ name: 7 }] }, false],
    [{ name: 'W', integrations: [{ name: 's', transport: 'sse' }] }, false],
    [{ name: 'W', files: { a: 7 } }, false],
  ])('says of %j what an import says of it', (bundle, isOne) => {
    const validate = new Ajv2020({ strict: false }).compile(bundleJsonSchema(published));
    expect([validate(bundle), bundleSchema.safeParse(bundle).success]).toEqual([isOne, isOne]);
  });
});
