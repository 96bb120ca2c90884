import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPathRefusal, normalPath, safeRelativePath } from './path-rules.js';

const root = '/srv/root';
const hostile = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom('..', '.', '', 'a', 'b.md', '…', '/', '\\', '\0', 'C:', '~', '%2e%2e', '．．'), {
      maxLength: 8,
    })
    .chain((parts) => fc.constantFrom('/', '\\', '//', '/./').map((joint) => parts.join(joint))),
);

describe('the rule of relative paths', () => {
  it('row 38: whatever it takes lies strictly below the root, however it is joined', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const safe = safeRelativePath(text);
        if (safe === null) return;
        for (const whole of [join(root, safe), resolve(root, safe), join(root, text), resolve(root, text)]) {
          expect(whole.startsWith(`${root}/`)).toBe(true);
        }
        expect(safeRelativePath(safe)).toBe(safe);
        expect(safe).not.toMatch(/\\|\0|\.\.|^\/|\/$|\/\//);
      }),
      { numRuns: 2_000 },
    );
  });

  it('row 38: what an archive may hold lies below the root too', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        if (findPathRefusal(text) === null) expect(resolve(root, normalPath(text)).startsWith(`${root}/`)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each(['config.yaml', 'skills/review/SKILL.md', 'résumé/日本.md', '.hidden', 'a b'])('takes %p', (text) => {
    expect(safeRelativePath(text)).toBe(text);
  });

  it.each([
    '',
    '.',
    './',
    '..',
    '../x',
    'a/../b',
    'a..b',
    '/etc/passwd',
    '\\x',
    'a\\b',
    'C:x',
    'c:/x',
    './C:/x',
    'a\0b',
    'a\nb',
  ])('does not take %p', (text) => {
    expect(safeRelativePath(text)).toBeNull();
  });
});
