import { describe, expect, it } from 'vitest';
import { matchOf } from './server-wishes.js';

describe('whether a server that was found serves what it should', () => {
  const scope = { authConfigIds: ['ac_1'], allowedTools: ['B', 'A'] };

  it.each([
    ['same', { authConfigIds: ['ac_1'], allowedTools: ['A', 'B'] }, null],
    ['different', { authConfigIds: ['ac_1'], allowedTools: [] }, scope],
    ['same', { authConfigIds: null, allowedTools: null }, scope],
    ['same', { authConfigIds: null, allowedTools: ['A', 'B'] }, scope],
    ['different', { authConfigIds: null, allowedTools: null }, { ...scope, authConfigIds: ['ac_2'] }],
    ['unknown', { authConfigIds: null, allowedTools: null }, null],
    ['unknown', { authConfigIds: ['ac_1'], allowedTools: null }, null],
    ['different', { authConfigIds: ['ac_2'], allowedTools: null }, null],
  ] as const)('is %s for %j with %j noted', (match, found, noted) => {
    const copy = (one: typeof found) => ({
      authConfigIds: one.authConfigIds === null ? null : [...one.authConfigIds],
      allowedTools: one.allowedTools === null ? null : [...one.allowedTools],
    });
    expect(
      matchOf(
        copy(found),
        noted && { authConfigIds: [...noted.authConfigIds], allowedTools: [...noted.allowedTools] },
        scope,
      ),
    ).toBe(match);
  });
});
