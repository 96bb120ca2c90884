import { roleMay, tokenScopes } from '#access';
import type { WorkspaceRole } from '#kernel';
import { cliTokenErrors } from './cli-tokens.errors.js';
import type { TokenLimits, TokenScope } from './cli-tokens.types.js';

/** What the maker of a token asks for; what is undefined was not said. */
export interface TokenWish {
  scopes: readonly TokenScope[] | undefined;
  expiresAt: Date | undefined;
}

/** @throws AppError 400 `cli_token.unknown_scope` naming the first word that is no scope. */
export function knownScopes(words: readonly string[]): TokenScope[] {
  return words.map((word) => {
    const scope = tokenScopes.find((known) => known === word);
    if (scope === undefined) throw cliTokenErrors.unknownScope({ params: { scope: word } });
    return scope;
  });
}

/**
 * The limits of a token made by a caller who is limited by `own`. What the wish does not say is inherited; what it says
 * may narrow, never widen. An empty list of scopes means "not limited", hence is wider than any list.
 * @throws AppError 403 `cli_token.wider_than_caller` or `cli_token.longer_than_caller`.
 */
export function narrowed(own: TokenLimits, wish: TokenWish): TokenLimits {
  const { scopes } = own;
  const asked = wish.scopes;
  if (scopes !== null && asked !== undefined) {
    const within = asked.length > 0 && asked.every((scope) => covers(scopes, scope));
    if (!within) throw cliTokenErrors.widerThanCaller();
  }
  if (own.expiresAt && wish.expiresAt && wish.expiresAt > own.expiresAt) throw cliTokenErrors.longerThanCaller();
  return { scopes: asked ?? scopes, expiresAt: wish.expiresAt ?? own.expiresAt };
}

/**
 * Refuses scopes that the person could never use: writing needs a role that may create, administration one that manages.
 * `role` is the highest that they have in any workspace.
 * @throws AppError 403 `cli_token.above_role` naming the first scope that is too much.
 */
export function requireRoleFor(scopes: readonly string[], role: WorkspaceRole | null): void {
  for (const scope of scopes) {
    const action = scope === '*' || scope.startsWith('workspace:') ? 'manage' : 'create';
    if (role === null || !roleMay(role, action)) throw cliTokenErrors.aboveRole({ params: { scope } });
  }
}

function covers(scopes: readonly string[], wanted: string): boolean {
  const resource = wanted.slice(0, wanted.indexOf(':'));
  return scopes.includes('*') || scopes.includes(wanted) || scopes.includes(`${resource}:*`);
}
