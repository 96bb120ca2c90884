import { describe, expect, it } from 'vitest';
import type { Actor } from '#kernel';
import { knownScopes, refuseMoreThanOwn } from './token-scopes.js';

const actor = (kind: Actor['kind'], tokenScopes: string[] | null): Actor => ({
  kind,
  tokenScopes,
  userId: null,
  email: null,
  tokenId: null,
  sessionId: null,
});

describe('the scopes of a token', () => {
  it('are those of its kind, each once', () => {
    expect(knownScopes('workspace', ['schedules:read', 'approvals:decide', 'schedules:read'])).toEqual([
      'schedules:read',
      'approvals:decide',
    ]);
    expect([knownScopes('workspace', null), knownScopes('team', undefined)]).toEqual([['*'], ['*']]);
    expect(() => knownScopes('team', ['schedules:read'])).toThrow('unknown scope: schedules:read');
    expect(() => knownScopes('workspace', ['integrations:read'])).toThrow('unknown scope: integrations:read');
  });

  it.each([
    [['tokens:write', 'schedules:write'], { kind: 'workspace', scopes: ['schedules:read', 'schedules:write'] }, null],
    [['*'], { kind: 'workspace', scopes: ['*'] }, null],
    [['tokens:write'], { kind: 'workspace', scopes: ['*'] }, '*'],
    [['tokens:write', 'approvals:write'], { kind: 'workspace', scopes: ['approvals:decide'] }, 'approvals:decide'],
    [['*'], { kind: 'team', scopes: ['integrations:read'] }, 'team'],
  ] as const)('of a token with %j let it make %j only within them', (own, wish, beyond) => {
    const attempt = () => refuseMoreThanOwn(actor('workspace_token', [...own]), wish);
    if (beyond === null) expect(attempt).not.toThrow();
    else expect(attempt).toThrow(`${beyond} is beyond them`);
  });

  it('do not bind people', () => {
    expect(() => refuseMoreThanOwn(actor('user', null), { kind: 'team', scopes: ['*'] })).not.toThrow();
  });
});
