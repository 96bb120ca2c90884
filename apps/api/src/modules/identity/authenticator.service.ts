import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { type Authentication, Authenticator, type Membership, type Ticket, ticketOf } from '#access';
import { AppConfig } from '#config';
import { type Actor, Clock, type Secret, tokenHash, workspaceRoles } from '#kernel';
import { CredentialUsageService } from './credential-usage.service.js';
import { type GrantRow, GrantsRepository } from './grants.repository.js';
import { presentedCredential } from './presented-credential.js';
import { SessionStrategy } from './session.strategy.js';

/** Tells callers by CLI token, browser session or the instance administrator's token. */
@Injectable()
export class AppAuthenticator extends Authenticator {
  constructor(
    private readonly grants: GrantsRepository,
    private readonly sessions: SessionStrategy,
    private readonly usage: CredentialUsageService,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {
    super();
  }

  async authenticate(request: Request, workspaceRef: string | null): Promise<Authentication> {
    const ticket = ticketOf(request);
    if (ticket) return this.#byTicket(ticket, workspaceRef);
    const presented = presentedCredential(request);
    switch (presented.kind) {
      case 'none':
        return { ok: false, reason: 'no_credentials' };
      case 'cli_token':
        return this.#byToken(await this.grants.findByTokenHash(tokenHash(presented.token), workspaceRef));
      case 'session_token':
        return sameSecret(this.config.auth.adminToken, presented.token)
          ? instanceAdministrator
          : this.#bySession(request, workspaceRef);
    }
  }

  async administered(workspaceRef: string): Promise<Membership | null> {
    const workspace = await this.grants.findWorkspace(workspaceRef);
    return workspace && { ...workspace, role: 'OWNER', capabilities: [] };
  }

  #byToken(grant: GrantRow | null): Authentication {
    if (!grant || grant.revokedAt || this.#past(grant.expiresAt)) return { ok: false, reason: 'session_invalid' };
    this.usage.note('cli_token', grant);
    const scopes = grant.scopes && grant.scopes.length > 0 ? grant.scopes : null;
    return known(grant, { tokenId: grant.credentialId, sessionId: null, tokenScopes: scopes });
  }

  async #bySession(request: Request, workspaceRef: string | null): Promise<Authentication> {
    const claims = await this.sessions.read(request);
    if (!claims.ok) return claims;
    const grant = await this.grants.findBySessionId(claims.sessionId, workspaceRef);
    return this.#byGrantOfSession(grant, claims.userId);
  }

  // A ticket is as good as what it was made with: a session or a CLI token, which must be alive and the same person's.
  async #byTicket({ userId, sessionId, tokenId }: Ticket, workspaceRef: string | null): Promise<Authentication> {
    if (sessionId !== null)
      return this.#byGrantOfSession(await this.grants.findBySessionId(sessionId, workspaceRef), userId);
    const grant = tokenId === null ? null : await this.grants.findByTokenId(tokenId, workspaceRef);
    return this.#byToken(grant?.userId === userId ? grant : null);
  }

  #byGrantOfSession(grant: GrantRow | null, userId: string): Authentication {
    if (!grant || grant.revokedAt || grant.userId !== userId) return { ok: false, reason: 'session_revoked' };
    if (this.#past(grant.expiresAt)) return { ok: false, reason: 'session_expired' };
    this.usage.note('session', grant);
    return known(grant, { tokenId: null, sessionId: grant.credentialId, tokenScopes: null });
  }

  #past(instant: Date | null): boolean {
    return instant !== null && instant.getTime() <= this.clock.now().getTime();
  }
}

const instanceAdministrator: Authentication = {
  ok: true,
  actor: { kind: 'instance_admin', userId: null, email: null, tokenId: null, sessionId: null, tokenScopes: null },
  instanceAdmin: true,
  membership: null,
};

function known(grant: GrantRow, by: Pick<Actor, 'tokenId' | 'sessionId' | 'tokenScopes'>): Authentication {
  const actor: Actor = { kind: 'user', userId: grant.userId, email: grant.email, ...by };
  return { ok: true, actor, instanceAdmin: grant.instanceAdmin, membership: membershipOf(grant) };
}

function membershipOf(grant: GrantRow): Membership | null {
  const role = workspaceRoles.find((each) => each === grant.role);
  if (!grant.workspaceId || !role) return null;
  return {
    workspaceId: grant.workspaceId,
    role,
    capabilities: grant.capabilities ?? [],
    revision: grant.revision ?? 0n,
  };
}

function sameSecret(expected: Secret | null, given: string): boolean {
  if (!expected) return false;
  const [left, right] = [Buffer.from(tokenHash(expected.reveal())), Buffer.from(tokenHash(given))];
  return timingSafeEqual(left, right);
}
