import { describe, expect, it } from 'vitest';
import { distinctTools, toToolName } from './tool-names.js';

describe('names of tools', () => {
  it('are stored without the white space around them', () => {
    expect(toToolName('  repo/search ')).toBe('repo/search');
  });

  it.each([
    ['blank', ' \t', 'tool_binding.name_required'],
    ['longer than 255 characters', 'x'.repeat(256), 'tool_binding.name_invalid'],
    ['with a line break inside', 'a\nb', 'tool_binding.name_invalid'],
    ['with a NUL', 'a\u0000b', 'tool_binding.name_invalid'],
    ['with half a surrogate pair', 'a\ud800b', 'tool_binding.name_invalid'],
  ])('are refused when %s', (_case, name, code) => {
    expect(() => toToolName(name)).toThrow(expect.objectContaining({ code }));
  });

  it('count once however often a list has them, with the last description that is one', () => {
    const tools = distinctTools([
      { name: 'search', description: 'old' },
      { name: ' search', description: 'new' },
      { name: 'search', description: null },
      { name: '' },
      {},
      { name: 'open' },
    ]);
    expect(tools).toEqual([
      { name: 'search', description: 'new' },
      { name: 'open', description: null },
    ]);
  });

  it('name the entry of a list that is at fault', () => {
    expect(() => distinctTools([{ name: 'a' }, { name: 'b\u0007' }])).toThrow(
      expect.objectContaining({ fields: [expect.objectContaining({ field: 'tools.1.name' })] }),
    );
  });
});
