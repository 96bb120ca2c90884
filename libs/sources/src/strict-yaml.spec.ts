import { describe, expect, it } from 'vitest';
import { readStrictYaml } from './strict-yaml.js';

const read = (text: string) => readStrictYaml(Buffer.from(text));

describe('readStrictYaml', () => {
  it('reads a document, and nothing as null', () => {
    expect(read('version: 1.0.0\ntags: [a, b]')).toEqual({ ok: true, value: { version: '1.0.0', tags: ['a', 'b'] } });
    expect(read('')).toEqual({ ok: true, value: null });
  });

  it.each([
    [
      'an alias bomb',
      `a: &a [x, x]\n${'bcdefghij'.replace(/./g, (name, at: number) => `${name}: &${name} [*${'abcdefghi'[at]}, *${'abcdefghi'[at]}]\n`)}`,
    ],
    ['a single alias', 'a: &a x\nb: *a'],
    ['a tag for JavaScript', "a: !!js/function 'function () {}'"],
    ['a tag of its own', 'a: !include /etc/passwd'],
    ['a merge key', 'a: &a {x: 1}\nb:\n  <<: *a'],
    ['a repeated key', 'a: 1\na: 2'],
    ['two documents', 'a: 1\n---\nb: 2'],
    ['a key that is no string', '? [a]\n: 1'],
    ['what is not closed', 'a: [1'],
    ['more than 64 KiB', `a: ${'x'.repeat(65_536)}`],
  ])('row 38: refuses %s', (_, text) => {
    expect(read(text)).toEqual({ ok: false, problem: expect.any(String) });
  });

  it('does not let a key reach the prototype', () => {
    const reading = read('__proto__: {polluted: true}');

    expect(reading.ok).toBe(true);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});
