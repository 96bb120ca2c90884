import { describe, expect, it } from 'vitest';
import { safeCallbackUrl } from './callback-url.js';

describe('safeCallbackUrl', () => {
  it.each(['/', '/crews', '/crews?tab=1#top', '/a//b', '/@example.com', '/x?to=https://example.com'])(
    'keeps the path %s',
    (path) => expect(safeCallbackUrl(path)).toBe(path),
  );

  it.each([
    '//example.com',
    '/\\example.com',
    '\\\\example.com',
    '/x\\y',
    '/\t/example.com',
    '/\n/example.com',
    'https://example.com/',
    'javascript:alert(1)',
    ' //example.com',
    'crews',
    '',
    `/${'x'.repeat(2048)}`,
    undefined,
    ['/a', '/b'],
  ])('goes to / instead of %j', (wish) => expect(safeCallbackUrl(wish)).toBe('/'));
});
