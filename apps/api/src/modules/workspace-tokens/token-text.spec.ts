import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { kindOfText, shownPrefix, tokenText } from './token-text.js';

describe('the text of a workspace token', () => {
  it('has one length whatever the random bytes are, and says its kind', () => {
    for (const bytes of [Buffer.alloc(32), Buffer.alloc(32, 255), randomBytes(32)]) {
      const text = tokenText('team', bytes);
      expect(text).toMatch(/^sk_[0-9A-Za-z]{49}$/);
      expect(kindOfText(text)).toBe('team');
    }
  });

  it('is refused with any one character changed, cut or added', () => {
    const text = tokenText('team', randomBytes(32));
    for (let index = 0; index < text.length; index += 1) {
      const other = text[index] === 'x' ? 'y' : 'x';
      expect(kindOfText(`${text.slice(0, index)}${other}${text.slice(index + 1)}`)).toBeNull();
    }
    expect([kindOfText(text.slice(0, -1)), kindOfText(`${text}0`), kindOfText('')]).toEqual([null, null, null]);
  });

  it('shows too little of itself to be guessed from', () => {
    expect(shownPrefix(tokenText('team', Buffer.alloc(32)))).toBe('sk_00000');
  });
});
