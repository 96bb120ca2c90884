import { describe, expect, it } from 'vitest';
import { tokenScopes } from '#access';
import type { TokenScope } from './cli-tokens.types.js';
import { knownScopes, narrowed, requireRoleFor } from './token-limits.js';

const noon = new Date('2026-01-01T12:00:00Z');
const later = new Date('2026-01-01T13:00:00Z');
const said = (scopes?: TokenScope[], expiresAt?: Date) => ({ scopes, expiresAt });

describe('narrowed', () => {
  it('lets a caller without limits set any', () => {
    const free = { scopes: null, expiresAt: null };
    expect(narrowed(free, said([], later))).toEqual({ scopes: [], expiresAt: later });
    expect(narrowed(free, said(['*']))).toEqual({ scopes: ['*'], expiresAt: null });
    expect(narrowed(free, said())).toEqual({ scopes: null, expiresAt: null });
  });

  it('hands down scopes and end where nothing is said', () => {
    const own = { scopes: ['crews:write'], expiresAt: noon };
    expect(narrowed(own, said())).toEqual(own);
  });

  it.each<[string[], TokenScope[]]>([
    [['crews:write'], ['crews:write']],
    [['crews:*'], ['crews:write']],
    [['*'], ['workspace:admin', '*']],
    [
      ['crews:write', 'agents:*'],
      ['agents:write', 'crews:write'],
    ],
  ])('lets %j make %j', (scopes, asked) => {
    expect(narrowed({ scopes, expiresAt: null }, said(asked)).scopes).toEqual(asked);
  });

  it.each<[string[], TokenScope[]]>([
    [['crews:write'], []],
    [['*'], []],
    [['crews:write'], ['crews:*']],
    [['crews:*'], ['*']],
    [['crews:write'], ['crews:write', 'agents:write']],
    [['credentials:*'], ['crews:write']],
  ])('forbids %j to make %j', (scopes, asked) => {
    expect(() => narrowed({ scopes, expiresAt: null }, said(asked))).toThrow('wider scopes');
  });

  it('forbids a longer life, also to a token without scopes', () => {
    expect(() => narrowed({ scopes: null, expiresAt: noon }, said(undefined, later))).toThrow('longer');
    expect(narrowed({ scopes: null, expiresAt: later }, said(undefined, noon)).expiresAt).toEqual(noon);
  });
});

describe('requireRoleFor', () => {
  it.each([
    ['workspace:admin', 'ADMIN', 'MANAGER'],
    ['*', 'ADMIN', 'MANAGER'],
    ['crews:write', 'MANAGER', 'MEMBER'],
    ['credentials:*', 'MANAGER', 'VIEWER'],
  ] as const)('gives %s to a %s, not to a %s', (scope, enough, tooLow) => {
    expect(() => requireRoleFor([scope], enough)).not.toThrow();
    expect(() => requireRoleFor([scope], tooLow)).toThrow(`scope ${scope} exceeds your workspace role`);
  });

  it('gives nothing to somebody without a workspace', () => {
    expect(() => requireRoleFor(['crews:write'], null)).toThrow('exceeds');
  });
});

describe('knownScopes', () => {
  it('takes the whole vocabulary and no other word', () => {
    expect(knownScopes(tokenScopes)).toEqual(tokenScopes);
    for (const word of ['crews', 'crews:read', 'CREWS:WRITE', '', 'toString']) {
      expect(() => knownScopes([word])).toThrow(`unknown scope: ${word}`);
    }
  });
});
