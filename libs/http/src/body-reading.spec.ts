import { describe, expect, it } from 'vitest';
import { parseJsonObject } from './body-reading.js';

const parsed = (text: string) => parseJsonObject(Buffer.from(text));

describe('a JSON body', () => {
  it('is an object, or null for an empty one', () => {
    expect([parsed('{"a":{"b":[1,null,"constructor"]}}'), parsed('null')]).toEqual([
      { a: { b: [1, null, 'constructor'] } },
      {},
    ]);
  });

  it.each(['', '{', '[]', '"x"', '7'])('is not %j', (text) => {
    expect(() => parsed(text)).toThrow('Invalid JSON body');
  });

  it.each(['{"a":{"constructor":1}}', '{"a":[{"b":{"constructor":"x"}}]}'])(
    'has no member that would be taken for the class of its object: %s',
    (text) => {
      expect(() => parsed(text)).toThrow('No inner member of the body may be named "constructor"');
    },
  );

  it('has no more levels than a reader that calls itself can take', () => {
    const nested = (levels: number) => `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
    expect(parsed(nested(48))).toHaveProperty('a');
    expect(() => parsed(nested(49))).toThrow('more than 48 levels');
    expect(() => parsed(nested(200_000))).toThrow('more than 48 levels');
  });
});
