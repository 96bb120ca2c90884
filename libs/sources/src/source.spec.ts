import { describe, expect, it } from 'vitest';
import { isLocalName, parseGithubSpec, parseSource, sourceText } from './source.js';

const schemes = ['github', 'local'] as const;
const faultOf = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return error instanceof Error && 'fault' in error ? error.fault : error;
  }
};

describe('parseSource', () => {
  it.each([
    ['github://acme/tool#v1', 'github://acme/tool#v1'],
    ['  local://notes  ', 'local://notes'],
    ['notes', 'local://notes'],
    ['acme/tool', 'local://acme/tool'],
  ])('reads %p as %p', (text, normal) => {
    expect(sourceText(parseSource(text, schemes))).toBe(normal);
  });

  it.each(['', '   ', 'local://', 'github://   ', '://x', '1a://x'])('refuses %p as no source', (text) => {
    expect(faultOf(() => parseSource(text, schemes))).toEqual({ kind: 'invalid_source' });
  });

  it.each(['GitHub://a/b#c', 'http://localhost/', 'file:///etc/passwd', 'ssh+git://x'])(
    'knows no scheme of %p',
    (text) => {
      expect(faultOf(() => parseSource(text, schemes))).toMatchObject({ kind: 'unknown_scheme' });
    },
  );
});

describe('parseGithubSpec', () => {
  it.each([
    ['acme/tool#v1.2.0', { owner: 'acme', repo: 'tool', ref: 'v1.2.0' }],
    ['acme/Tool_x.y#feature/a', { owner: 'acme', repo: 'Tool_x.y', ref: 'feature/a' }],
    ['acme/tool#0123456789abcdef0123456789abcdef01234567', expect.objectContaining({ owner: 'acme' })],
    ['acme/tool', { owner: 'acme', repo: 'tool', ref: null }],
    ['acme/tool#', { owner: 'acme', repo: 'tool', ref: null }],
  ])('reads %p', (spec, expected) => {
    expect(parseGithubSpec(spec)).toEqual(expected);
  });

  it.each([
    'acme',
    'acme/',
    '/tool#v1',
    'acme/tool/more#v1',
    '-acme/tool#v1',
    'acme/../tool#v1',
    'acme/..#v1',
    'acme/tool#../../other/repo/tar.gz/main',
    'acme/tool#a//b',
    'acme/tool#a/./b',
    'acme/tool#v1/',
    'acme/tool#-v1',
    'acme/tool#v1#v2',
    'acme/tool#v1?token=x',
    'acme/tool#v1%2f..',
    'user:pass@acme/tool#v1',
    `${'a'.repeat(101)}/tool#v1`,
    `acme/tool#${'a'.repeat(256)}`,
  ])('refuses %p, which could change the address', (spec) => {
    expect(faultOf(() => parseGithubSpec(spec))).toEqual({ kind: 'invalid_spec' });
  });
});

describe('isLocalName', () => {
  it('takes names of folders and nothing that leads elsewhere', () => {
    expect(['notes', 'a', '0-a_b.c', 'n'.repeat(128)].filter(isLocalName)).toHaveLength(4);
    expect(['', '.', '..', '.a', 'a/b', 'a\\b', 'Notes', 'a..b', 'n'.repeat(129), 'a\n'].filter(isLocalName)).toEqual(
      [],
    );
  });
});
