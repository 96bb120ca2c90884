import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { accessErrors, TeamKeyGate, type TeamKeyGrant } from '#access';
import { Clock, raise, tokenHash } from '#kernel';
import { CredentialUsageService } from '../identity/credential-usage.service.js';
import { kindOfText } from './token-text.js';
import { WorkspaceTokensRepository } from './workspace-tokens.repository.js';

/** Tells programs by their team key. What has not the form of one is refused without asking the database. */
@Injectable()
export class AppTeamKeyGate extends TeamKeyGate {
  constructor(
    private readonly repository: WorkspaceTokensRepository,
    private readonly usage: CredentialUsageService,
    private readonly clock: Clock,
  ) {
    super();
  }

  async check(request: Request): Promise<TeamKeyGrant> {
    const key = presentedKey(request) ?? raise(accessErrors.apiKeyMissing({ headers: challenge }));
    const grant = kindOfText(key) === 'team' ? await this.repository.findGrant(tokenHash(key)) : null;
    if (grant?.kind !== 'team' || grant.revokedAt) throw accessErrors.apiKeyInvalid({ headers: challenge });
    if (grant.expiresAt && grant.expiresAt <= this.clock.now())
      throw accessErrors.apiKeyExpired({ headers: challenge });
    this.usage.note('workspace_token', grant);
    const { credentialId: tokenId, workspaceId, revision, scopes } = grant;
    return { tokenId, workspaceId, revision, scopes };
  }
}

const challenge = { 'WWW-Authenticate': 'Bearer error="invalid_token"' };

// The bearer token wins; other schemes of `Authorization` are somebody else's, such as a proxy's.
function presentedKey({ headers }: Request): string | null {
  const bearer = /^Bearer +(.+)$/i.exec(headers.authorization ?? '')?.[1]?.trim();
  if (bearer) return bearer;
  const key = headers['x-api-key'];
  return typeof key === 'string' && key.trim() !== '' ? key.trim() : null;
}
