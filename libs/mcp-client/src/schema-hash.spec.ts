import { describe, expect, it } from 'vitest';
import { schemaHash } from './schema-hash.js';

describe('the hash of a schema', () => {
  it('does not depend on the order of members, but on everything else', () => {
    const one = schemaHash({ type: 'object', properties: { a: { type: 'string' }, b: {} } });
    expect(schemaHash({ properties: { b: {}, a: { type: 'string' } }, type: 'object' })).toBe(one);
    expect(schemaHash({ properties: { b: {}, a: { type: 'number' } }, type: 'object' })).not.toBe(one);
    expect(schemaHash({ type: 'object', required: ['a', 'b'] })).not.toBe(
      schemaHash({ type: 'object', required: ['b', 'a'] }),
    );
  });

  it('is none for no schema, and for one that is nested without end', () => {
    expect(schemaHash(undefined)).toBeNull();
    expect(schemaHash(JSON.parse(`${'['.repeat(200_000)}${']'.repeat(200_000)}`))).toBeNull();
  });
});
