import { describe, expect, it } from 'vitest';
import { firstSlug } from './workspace-slug.js';

describe('firstSlug', () => {
  it.each([
    ['ada.l+x@example.com', 'ada-l-x-cmhq3v1x'],
    ['a-b@example.com', 'a-b-cmhq3v1x'],
    ['_ada@example.com', 'ada-cmhq3v1x'],
    ['.%@example.com', 'workspace-cmhq3v1x'],
  ])('makes of %s the slug %s', (email, slug) => expect(firstSlug(email, 'cmhq3v1x')).toBe(slug));

  it('fits the rule for slugs however long the address is', () => {
    const slug = firstSlug(`${'x'.repeat(64)}@example.com`, 'cmhq3v1x');
    expect(slug).toMatch(/^[a-z0-9][a-z0-9_-]{1,49}$/);
    expect(slug.endsWith('-cmhq3v1x')).toBe(true);
  });
});
