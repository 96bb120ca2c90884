import { describe, expect, it } from 'vitest';
import { readYamlText, YamlInclude } from './yaml-text.js';

describe('a YAML text', () => {
  it('says where it includes a file, when it may', () => {
    expect(readYamlText('a: !include b.yaml', { includes: true })).toEqual({
      ok: true,
      value: { a: new YamlInclude('b.yaml') },
    });
    expect(readYamlText('a: !include b.yaml').ok).toBe(false);
  });

  it.each(['a: !include {b: c}', 'a: !include [b]', 'a: !other b', 'a: !!js/function "x"', 'a: !!binary aGk='])(
    'row 38: has no other tags beside: %s',
    (text) => {
      expect(readYamlText(text, { includes: true }).ok).toBe(false);
    },
  );

  it('keeps every digit of a long id, when it is asked to', () => {
    expect(readYamlText('id: 123456789012345678901', { wholeNumbers: 'bigint' })).toEqual({
      ok: true,
      value: { id: 123_456_789_012_345_678_901n },
    });
  });

  it('row 38: is refused, and does not end the process, when it is nested without end', () => {
    for (const text of ['['.repeat(200_000), `a: ${'['.repeat(50_000)}${']'.repeat(50_000)}`, '{a: '.repeat(50_000)])
      expect(readYamlText(text).ok).toBe(false);
  });
});
