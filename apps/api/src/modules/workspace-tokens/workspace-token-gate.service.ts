import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { accessErrors, WorkspaceTokenGate, type WorkspaceTokenGrant } from '#access';
import { Clock, tokenHash } from '#kernel';
import { CredentialUsageService } from '../identity/credential-usage.service.js';
import { kindOfText, looksLikeWorkspaceToken } from './token-text.js';
import { WorkspaceTokensRepository } from './workspace-tokens.repository.js';

/** Tells agents by their workspace's token. What has not the form of one is refused without asking the database. */
@Injectable()
export class AppWorkspaceTokenGate extends WorkspaceTokenGate {
  constructor(
    private readonly repository: WorkspaceTokensRepository,
    private readonly usage: CredentialUsageService,
    private readonly clock: Clock,
  ) {
    super();
  }

  presents(request: Request): boolean {
    return looksLikeWorkspaceToken(bearerOf(request));
  }

  async check(request: Request, workspaceRef: string | null): Promise<WorkspaceTokenGrant> {
    const text = bearerOf(request);
    const grant = kindOfText(text) === 'workspace' ? await this.repository.findGrant(tokenHash(text)) : null;
    const isOver = grant?.revokedAt || (grant?.expiresAt && grant.expiresAt <= this.clock.now());
    const isHere = grant && (workspaceRef === null || [grant.workspaceId, grant.workspaceSlug].includes(workspaceRef));
    if (!isHere || isOver || grant.kind !== 'workspace')
      throw accessErrors.workspaceTokenInvalid({ headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' } });
    this.usage.note('workspace_token', grant);
    const { credentialId: tokenId, workspaceId, revision, scopes } = grant;
    return { tokenId, workspaceId, revision, scopes };
  }
}

function bearerOf({ headers }: Request): string {
  return /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1]?.trim() ?? '';
}
