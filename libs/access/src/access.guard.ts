import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { originOf } from '#http';
import { type Actor, type CallerScope, unreachable } from '#kernel';
import { accessErrors, unauthenticated } from './access.errors.js';
import { type Audience, audienceKey, type Opening } from './audience.js';
import {
  type Authentication,
  Authenticator,
  InternalGate,
  type Membership,
  TeamKeyGate,
  WorkspaceTokenGate,
} from './authenticator.js';
import {
  actionOf,
  type Permission,
  roleMay,
  scopesAllow,
  type TeamKeyScope,
  teamKeyMay,
  type WorkspaceTokenScope,
  workspaceTokenMay,
} from './permissions.js';
import { setScope } from './request-scope.js';
import { reachOn } from './runtime-reach.js';
import { type WorkspaceReference, workspaceReferenceOf } from './workspace-reference.js';

const authorization = 'authorization';

const nobody: Actor = {
  kind: 'anonymous',
  userId: null,
  email: null,
  tokenId: null,
  sessionId: null,
  tokenScopes: null,
};

/**
 * The one guard. Order of checks: who you are (401), which workspace (400, 403 or 404), your role (403), your token's
 * scopes (403); only then is the body read.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly internal: InternalGate,
    private readonly teamKeys: TeamKeyGate,
    private readonly workspaceTokens: WorkspaceTokenGate,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const audience = Reflect.getMetadata(audienceKey, context.getHandler()) as Audience | undefined;
    if (!audience) throw accessErrors.forbidden({ details: { reason: 'route without audience' } });
    if (audience.kind !== 'public' && presentsTwice(request)) throw unauthenticated('session_invalid');
    return this.admit(request, audience);
  }

  /**
   * Notes the request's scope when its caller belongs to the audience. Streams ask again with a {@link detachedRequest}
   * while they last.
   * @throws AppError when the caller does not belong to it (any more).
   */
  async admit(request: Request, audience: Audience): Promise<true> {
    switch (audience.kind) {
      case 'public':
        setScope(request, audience.recognise ? await this.#recognised(request) : anonymous(request));
        return true;
      case 'internal':
        setScope(request, {
          actor: { ...nobody, kind: 'internal' },
          origin: originOf(request),
          reach: reachOn(request, this.internal.check(request)),
        });
        return true;
      case 'signed_in':
        return this.#signedIn(request, audience.tokenPermission);
      case 'instance_admin':
        return this.#instanceAdmin(request);
      case 'workspace':
        return audience.opening.orWorkspaceToken && this.workspaceTokens.presents(request)
          ? this.#workspaceToken(request, audience.opening.orWorkspaceToken)
          : this.#member(request, audience.permission, { required: true, opening: audience.opening });
      case 'workspace_optional':
        return this.#member(request, audience.permission, { required: false, opening: {} });
      case 'team_key':
        return this.#teamKey(request, audience.scope);
      default:
        return unreachable(audience);
    }
  }

  async #known(request: Request, workspaceRef: string | null): Promise<Extract<Authentication, { ok: true }>> {
    const result = await this.authenticator.authenticate(request, workspaceRef);
    if (!result.ok) throw unauthenticated(result.reason);
    return result;
  }

  async #recognised(request: Request): Promise<CallerScope> {
    const result = await this.authenticator.authenticate(request, null);
    return result.ok ? caller(request, result) : anonymous(request);
  }

  async #signedIn(request: Request, tokenPermission: Permission | undefined): Promise<true> {
    const known = await this.#known(request, null);
    if (tokenPermission && !scopesAllow(known.actor.tokenScopes, tokenPermission)) throw accessErrors.forbidden();
    setScope(request, caller(request, known));
    return true;
  }

  async #instanceAdmin(request: Request): Promise<true> {
    const known = await this.#known(request, null);
    if (!known.instanceAdmin) throw accessErrors.forbidden();
    setScope(request, caller(request, known));
    return true;
  }

  // A key is no person: it acts in its workspace as a member who may make and change integrations, and nothing beyond.
  async #teamKey(request: Request, scope: TeamKeyScope): Promise<true> {
    const { tokenId, workspaceId, revision, scopes } = await this.teamKeys.check(request);
    if (!teamKeyMay(scopes, scope)) throw accessErrors.insufficientScope({ params: { scope } });
    const actor: Actor = { ...nobody, kind: 'team_key', tokenId, tokenScopes: scopes };
    setScope(request, {
      actor,
      origin: originOf(request),
      workspaceId,
      revision,
      role: 'MANAGER',
      capabilities: [],
    });
    return true;
  }

  // No person either: it acts in its workspace with what an administrator has there, within its scopes.
  async #workspaceToken(request: Request, scope: WorkspaceTokenScope): Promise<true> {
    const reference = workspaceReferenceOf(request);
    if (reference === null) throw accessErrors.workspaceRequired();
    const { tokenId, workspaceId, revision, scopes } = await this.workspaceTokens.check(request, reference.value);
    if (!workspaceTokenMay(scopes, scope)) throw accessErrors.tokenScopeMissing({ params: { scope } });
    const actor: Actor = { ...nobody, kind: 'workspace_token', tokenId, tokenScopes: scopes };
    setScope(request, { actor, origin: originOf(request), workspaceId, revision, role: 'ADMIN', capabilities: [] });
    return true;
  }

  async #member(
    request: Request,
    permission: Permission,
    { required, opening }: { required: boolean; opening: Opening },
  ): Promise<true> {
    const reference = referenceOrFault(request);
    const known = await this.#known(request, 'value' in reference ? reference.value : null);
    if ('fault' in reference) throw reference.fault;
    if (reference.value === null) {
      if (required) throw accessErrors.workspaceRequired();
      setScope(request, caller(request, known));
      return true;
    }
    const opensToAdministrator = opening.orInstanceAdmin === true || opening.orWorkspaceToken !== undefined;
    const administers = opensToAdministrator && known.instanceAdmin;
    const membership = administers ? await this.authenticator.administered(reference.value) : known.membership;
    if (!membership) throw reference.inPath ? accessErrors.workspaceNotFound() : accessErrors.notAMember();
    if (!roleMay(membership.role, actionOf(permission)) && !isOpen(opening, membership)) throw accessErrors.forbidden();
    if (!scopesAllow(known.actor.tokenScopes, permission)) throw accessErrors.forbidden();
    setScope(request, { ...caller(request, known), ...membership });
    return true;
  }
}

// Node takes the first of several `Authorization` fields and a proxy perhaps the last (RFC 9110, 5.3): neither is believed.
function presentsTwice({ rawHeaders }: Request): boolean {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length === authorization.length && name.toLowerCase() === authorization) count += 1;
  }
  return count > 1;
}

function isOpen({ orCapability, orCrewRole }: Opening, { capabilities }: Membership): boolean {
  return orCrewRole === true || (orCapability !== undefined && capabilities.includes(orCapability));
}

// A contradiction is reported only to callers who are known: 401 comes before 400.
function referenceOrFault(
  request: Request,
): (WorkspaceReference | { value: null; inPath: false }) | { fault: unknown } {
  try {
    return workspaceReferenceOf(request) ?? { value: null, inPath: false };
  } catch (fault) {
    return { fault };
  }
}

function anonymous(request: Request): CallerScope {
  return { actor: nobody, origin: originOf(request) };
}

function caller(request: Request, known: Extract<Authentication, { ok: true }>): CallerScope {
  return { actor: known.actor, origin: originOf(request), instanceAdmin: known.instanceAdmin };
}
