import { applyDecorators, createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { ApiExtension, ApiQuery, ApiSecurity } from '@nestjs/swagger';
import type { Request } from 'express';
import type { CallerScope, RuntimeScope, WorkspaceScope } from '#kernel';
import { type Audience, audienceKey, type Opening, type SettledOpening } from './audience.js';
import { type Permission, type TeamKeyScope, type WorkspaceTokenScope, workspaceTokenScopeFor } from './permissions.js';
import { callerOf, runtimeOf, workspaceOf } from './request-scope.js';

const callerSchemes = ['bearer', 'session'];

function audience(value: Audience, permission: string, ...more: (MethodDecorator & ClassDecorator)[]): MethodDecorator {
  return applyDecorators(
    SetMetadata(audienceKey, value),
    ApiExtension('x-permission', permission),
    ...more,
  ) as MethodDecorator;
}

/**
 * Members whose role has the permission. The workspace comes from `workspace_id` in the query, from the path, or from
 * `X-Workspace-ID`; sources that contradict each other are refused. `in: 'path'` drops the query parameter from the docs.
 * An {@link Opening} is published as `x-permission-or`; the token's scopes must cover the permission all the same.
 */
export function Access(permission: Permission, options: Opening & { in?: 'query' | 'path' } = {}): MethodDecorator {
  const query = ApiQuery({
    name: 'workspace_id',
    required: false,
    description:
      'Id or slug of the workspace. May be sent as the header `X-Workspace-ID` instead; one of both is required.',
    schema: { type: 'string', maxLength: 64, pattern: '^[A-Za-z0-9_-]+$' },
  });
  const parameters = options.in === 'path' ? [] : [query as MethodDecorator & ClassDecorator];
  const { orCapability, orCrewRole, orInstanceAdmin, orWorkspaceToken } = options;
  const opening: SettledOpening = {
    ...(orCapability && { orCapability }),
    ...(orCrewRole && { orCrewRole }),
    ...(orInstanceAdmin && { orInstanceAdmin }),
    ...(orWorkspaceToken && { orWorkspaceToken: tokenScopeOf(permission, orWorkspaceToken) }),
  };
  if (opening.orWorkspaceToken)
    parameters.push(ApiExtension('x-scope', opening.orWorkspaceToken) as MethodDecorator & ClassDecorator);
  const alternative = alternativeOf(opening);
  if (alternative) parameters.push(ApiExtension('x-permission-or', alternative) as MethodDecorator & ClassDecorator);
  // Schemes are listed in the order in which a reader should try them.
  const schemes = orWorkspaceToken ? [...callerSchemes, 'workspace_token'] : callerSchemes;
  return audience({ kind: 'workspace', permission, opening }, permission, security(schemes), ...parameters);
}

function tokenScopeOf(permission: Permission, wish: true | WorkspaceTokenScope): WorkspaceTokenScope {
  const scope = wish === true ? workspaceTokenScopeFor(permission) : wish;
  if (scope === null) throw new Error(`no workspace token opens ${permission}: enter its noun in permissions.ts`);
  return scope;
}

function alternativeOf({ orCapability, orCrewRole, orInstanceAdmin, orWorkspaceToken }: Opening): string | null {
  if (orCapability) return `capability:${orCapability}`;
  if (orCrewRole) return 'crew_role';
  if (orWorkspaceToken) return 'workspace_token';
  return orInstanceAdmin ? 'instance_admin' : null;
}

/** Members with the permission when a workspace is named, any signed-in caller when none is. */
export function AccessIfNamed(permission: Permission): MethodDecorator {
  const query = ApiQuery({
    name: 'workspace_id',
    required: false,
    description: 'Id or slug of a workspace, for details that only its members see.',
    schema: { type: 'string', maxLength: 64, pattern: '^[A-Za-z0-9_-]+$' },
  });
  return audience(
    { kind: 'workspace_optional', permission },
    'signed_in',
    security(callerSchemes),
    query as MethodDecorator & ClassDecorator,
  );
}

/** Any signed-in caller; no workspace is needed. A token with scopes must cover `tokenPermission`, where one is given. */
export function SignedIn(options: { tokenPermission?: Permission } = {}): MethodDecorator {
  return audience({ kind: 'signed_in', ...options }, 'signed_in', security(callerSchemes));
}

/**
 * Anybody. The reason is published beside the operation. With `recognise`, {@link Caller} is the signed-in user where the
 * request carries a valid session or token, and nobody otherwise; what it carries is never a reason to refuse.
 */
export function Public(reason: string, { recognise = false }: { recognise?: boolean } = {}): MethodDecorator {
  return audience(
    { kind: 'public', reason, recognise },
    'public',
    ApiExtension('x-public-reason', reason) as MethodDecorator & ClassDecorator,
  );
}

/** The instance administrator: `ADMIN_TOKEN`, or a user marked so. */
export function InstanceAdmin(): MethodDecorator {
  return audience({ kind: 'instance_admin' }, 'instance_admin', security(['bearer', 'session']));
}

/**
 * The agents' runtime, by `X-Internal-Token`, from the Unix socket, this host or a private network. A token may be bound to a
 * workspace, a crew or an agent: {@link Runtime} says to which, and the operation keeps to it.
 */
export function Internal(): MethodDecorator {
  const query = ApiQuery({
    name: 'workspace_id',
    required: false,
    description:
      'Id of the workspace. Must be the one that the token is bound to, where it is bound; then it may be left out.',
    schema: { type: 'string', maxLength: 64, pattern: '^[A-Za-z0-9_-]+$' },
  });
  return audience({ kind: 'internal' }, 'internal', security(['internal']), query as MethodDecorator & ClassDecorator);
}

/**
 * Programs with a team key (`sk_…`) that has the scope, from `Authorization: Bearer` or else `X-Api-Key`. The key names the
 * workspace. The scope is published as `x-scope`.
 */
export function TeamKey(scope: TeamKeyScope): MethodDecorator {
  return audience(
    { kind: 'team_key', scope },
    'team_key',
    ApiExtension('x-scope', scope) as MethodDecorator & ClassDecorator,
    security(['team_key', 'team_key_header']),
  );
}

/** The workspace, role and caller of the request. Only on routes with {@link Access} or {@link TeamKey}. */
export const Scope = createParamDecorator(
  (_: unknown, context: ExecutionContext): WorkspaceScope => workspaceOf(context.switchToHttp().getRequest<Request>()),
);

/** The runtime and what its token reaches. Only on routes with {@link Internal}. */
export const Runtime = createParamDecorator(
  (_: unknown, context: ExecutionContext): RuntimeScope => runtimeOf(context.switchToHttp().getRequest<Request>()),
);

/** The workspace scope where one was named, else null. Only on routes with {@link AccessIfNamed}. */
export const ScopeIfNamed = createParamDecorator((_: unknown, context: ExecutionContext): WorkspaceScope | null => {
  const caller = callerOf(context.switchToHttp().getRequest<Request>());
  return 'workspaceId' in caller ? (caller as WorkspaceScope) : null;
});

/** The caller of the request, signed in or anonymous. */
export const Caller = createParamDecorator(
  (_: unknown, context: ExecutionContext): CallerScope => callerOf(context.switchToHttp().getRequest<Request>()),
);

function security(schemes: readonly string[]): MethodDecorator & ClassDecorator {
  return applyDecorators(...schemes.map((scheme) => ApiSecurity(scheme))) as MethodDecorator & ClassDecorator;
}
