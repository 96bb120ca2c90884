import { describe, expect, it } from 'vitest';
import { envRequirementsOf, missingOf } from './env-requirements-rules.js';

describe('what an organisation needs', () => {
  it('is gathered from everywhere, each once, single names first and in order', () => {
    const template = {
      required_env: ['ZED', { any_of: ['B', 'A'] }],
      workspaces: [
        {
          name: 'a',
          required_env: ['ALPHA', { any_of: ['A', 'B', 'A'] }],
          children: [{ name: 'b', required_env: ['ZED'] }],
        },
      ],
    };
    expect(envRequirementsOf(template).required).toEqual(['ALPHA', 'ZED', { any_of: ['A', 'B'] }]);
  });

  it('leaves out names that are none, and groups of which nothing stays', () => {
    const required_env = ['lower', 'HAS SPACE', '../X', { any_of: ['x', 'y'] }, { any_of: ['x', 'OK'] }];
    expect(envRequirementsOf({ required_env }).required).toEqual(['OK']);
  });

  it('has a required name settle the groups that it is in, required or recommended', () => {
    const template = {
      required_env: ['A', { any_of: ['A', 'B'] }],
      recommended_env: ['A', { any_of: ['C', 'A'] }, 'D', { any_of: ['E', 'F'] }],
    };
    expect(envRequirementsOf(template)).toEqual({ required: ['A'], recommended: ['D', { any_of: ['E', 'F'] }] });
  });

  it('is missing where no name of it is set', () => {
    expect(missingOf(['A', 'B', { any_of: ['C', 'A'] }, { any_of: ['D', 'E'] }], new Set(['A']))).toEqual([
      'B',
      { any_of: ['D', 'E'] },
    ]);
  });
});
