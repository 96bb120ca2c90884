import type { Request } from 'express';
import { type CallerScope, type RuntimeScope, raise, type WorkspaceScope } from '#kernel';
import { accessErrors } from './access.errors.js';

const scopes = new WeakMap<Request, CallerScope | WorkspaceScope | RuntimeScope>();

/** Notes who calls. Called by the guard only. */
export function setScope(request: Request, scope: CallerScope | WorkspaceScope | RuntimeScope): void {
  scopes.set(request, scope);
}

/** The caller of a request that the guard has let through. */
export function callerOf(request: Request): CallerScope {
  const scope = scopes.get(request);
  if (!scope) throw new Error('a handler asked for its caller, but the guard did not run');
  return scope;
}

/** The workspace scope of a request that the guard has let through. */
export function workspaceOf(request: Request): WorkspaceScope {
  const scope = callerOf(request);
  if (!('workspaceId' in scope)) throw new Error('a handler asked for a workspace on a route without @Access');
  return scope as WorkspaceScope;
}

/** What the runtime's token reaches, of a request that the guard has let through. */
export function runtimeOf(request: Request): RuntimeScope {
  const scope = callerOf(request);
  if (!('reach' in scope)) throw new Error('a handler asked for the reach of a token on a route without @Internal');
  return scope as RuntimeScope;
}

/**
 * The id of the person who calls.
 * @throws AppError `access.person_required` for callers that are no person, such as `ADMIN_TOKEN`.
 */
export function personOf({ actor }: CallerScope): string {
  return actor.userId ?? raise(accessErrors.personRequired());
}
