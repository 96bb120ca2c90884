import { describe, expect, it } from 'vitest';
import { isMeantBy, readSlug, slugOf } from './agent-slugs.js';

describe('the name in brackets', () => {
  it('is read from the front of a message only, up to 39 characters', () => {
    expect(readSlug('[Backend Engineer]  fix it')).toEqual({ slug: 'Backend Engineer', rest: 'fix it' });
    expect(['fix [it]', '[]', '[a.b] x', `[${'a'.repeat(40)}] x`, ''].map(readSlug)).toEqual(Array(5).fill(null));
  });

  it('means a name by itself or by its beginning, with hyphens or nothing for spaces', () => {
    const meant = ['backend engineer', 'Backend-Eng', 'backendeng', 'backend-engineer'];
    expect(meant.map((slug) => isMeantBy('Backend Engineer', slug))).toEqual(meant.map(() => true));
    expect(['engineer', 'backend-engineers', ' ', 'x'].map((slug) => isMeantBy('Backend Engineer', slug))).toEqual(
      Array(4).fill(false),
    );
    expect(isMeantBy('', 'x')).toBe(false);
    expect(slugOf('Backend Engineer')).toBe('[backend-engineer]');
  });
});
