import { describe, expect, it } from 'vitest';
import { unknownMembers } from './unknown-members-rules.js';

describe('the unknown members of a document', () => {
  it.each([
    ['none where everything was read', { a: 1, b: [{ c: null }] }, { a: 1, b: [{ c: null }], given: 'default' }, []],
    ['those of the outermost object', { a: 1, z: 2 }, { a: 1 }, ['z']],
    [
      'those within lists and objects, each with its place',
      { a: [{}, { z: { y: 1 } }], b: { x: 1 } },
      { a: [{}, {}], b: {} },
      ['a.1.z', 'b.x'],
    ],
    [
      'those with names that objects have by nature',
      JSON.parse('{"__proto__":{},"constructor":1}'),
      {},
      ['__proto__', 'constructor'],
    ],
  ])('are %s', (_, sent, read, expected) => {
    expect(unknownMembers(sent, read)).toEqual(expected);
  });
});
