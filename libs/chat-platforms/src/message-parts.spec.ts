import { describe, expect, it } from 'vitest';
import { idsOf, messageParts } from './message-parts.js';

describe('cutting a message into parts', () => {
  it('leaves a text alone that fits', () => {
    expect(messageParts('short', 10)).toEqual(['short']);
    expect(messageParts('', 10)).toEqual([]);
  });

  it('cuts at a blank line before a line’s end, and there before a space', () => {
    expect(messageParts('aaa bbb\nccc\n\nddd eee', 14)).toEqual(['aaa bbb\nccc', 'ddd eee']);
    expect(messageParts('aaa bbb\nccc ddd', 10)).toEqual(['aaa bbb', 'ccc ddd']);
    expect(messageParts('aaaa bbbb cccc', 10)).toEqual(['aaaa bbbb', 'cccc']);
  });

  it('cuts a word that is too long, but never a character', () => {
    expect(messageParts('x'.repeat(25), 10).map(({ length }) => length)).toEqual([10, 10, 5]);
    const parts = messageParts('😀'.repeat(10), 5);
    expect(parts.every((part) => /^(😀)+$/u.test(part) && part.length <= 5)).toBe(true);
    expect(parts.join('')).toBe('😀'.repeat(10));
  });

  it('loses no word of a long text, and no part is longer than allowed', () => {
    const words = Array.from({ length: 3_000 }, (_, n) => `word${n}`);
    const text = words.map((word, n) => `${word}${n % 40 === 39 ? '\n\n' : n % 7 === 6 ? '\n' : ' '}`).join('');
    const parts = messageParts(text, 500);
    expect(parts.join(' ').trim().split(/\s+/)).toEqual(words);
    expect(Math.max(...parts.map(({ length }) => length))).toBeLessThanOrEqual(500);
  });
});

describe('a list of ids', () => {
  it('is read without blanks and repetitions', () => {
    expect(idsOf(' -100, 7 ,,7')).toEqual(['-100', '7']);
    expect(idsOf(undefined)).toEqual([]);
  });
});
