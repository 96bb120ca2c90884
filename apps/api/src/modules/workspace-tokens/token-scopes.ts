import { workspaceTokenMay } from '#access';
import type { Actor } from '#kernel';
import { workspaceTokenErrors } from './workspace-tokens.errors.js';
import { scopesOfKind, type WorkspaceTokenKind } from './workspace-tokens.types.js';

/**
 * The scopes of a new token: all of its kind unless some are named, each once.
 * @throws AppError 400 for none and for one that the kind has not.
 */
export function knownScopes(kind: WorkspaceTokenKind, words: readonly string[] | null | undefined): string[] {
  if (words === undefined || words === null) return ['*'];
  if (words.length === 0) {
    const message = 'scopes must name at least one scope; leave it out for all of them';
    throw workspaceTokenErrors.scopesRequired({ fields: [{ field: 'scopes', code: 'required', message }] });
  }
  const unknown = words.find((word) => !scopesOfKind[kind].includes(word));
  if (unknown === undefined) return [...new Set(words)];
  const message = `unknown scope: ${unknown}; a ${kind} token has ${scopesOfKind[kind].join(', ')}`;
  throw workspaceTokenErrors.unknownScope({
    params: { scope: unknown },
    fields: [{ field: 'scopes', code: 'is_in', message }],
  });
}

/**
 * Keeps a token from making one that may do more than itself.
 * @throws AppError 403 `workspace_token.beyond_own_scopes`.
 */
export function refuseMoreThanOwn(actor: Actor, wish: { kind: WorkspaceTokenKind; scopes: readonly string[] }): void {
  if (actor.kind !== 'workspace_token') return;
  const own = actor.tokenScopes ?? [];
  const beyond = wish.kind === 'workspace' ? wish.scopes.find((scope) => !workspaceTokenMay(own, scope)) : wish.kind;
  if (beyond !== undefined) throw workspaceTokenErrors.beyondOwnScopes({ params: { what: beyond } });
}
