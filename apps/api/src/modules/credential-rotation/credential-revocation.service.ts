import { Injectable } from '@nestjs/common';
import { AppError, Clock, Transactions, type WorkspaceScope } from '#kernel';
import type { OauthClient } from '#oauth';
import { CredentialWritingService } from '../credentials/credential-writing.service.js';
import type { RevokedCredentialResponse } from './dto/revoked-credential.response.js';
import type { SealedCredential } from './rotated-credentials.repository.js';
import { SealedCredentialService } from './sealed-credential.service.js';
import { type IssuedTokens, type UpstreamOutcome, UpstreamRevocationService } from './upstream-revocation.service.js';

/** Tries until no refresh brought other tokens in between. */
const mostTries = 3;

/** Ending a credential: its tokens are revoked where they were issued, then everything secret of it is erased. */
@Injectable()
export class CredentialRevocationService {
  constructor(
    private readonly writing: CredentialWritingService,
    private readonly sealed: SealedCredentialService,
    private readonly upstream: UpstreamRevocationService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /**
   * Revokes a credential. What the authorization server does is reported and never in the way. Again it changes nothing.
   * @throws AppError `credential.not_found`.
   */
  async revoke(scope: WorkspaceScope, id: string): Promise<RevokedCredentialResponse> {
    for (let attempt = 1; ; attempt += 1) {
      const row = await this.sealed.find(scope, id);
      const outcome = await this.#revokeUpstream(row);
      const isLast = attempt === mostTries;
      const done = await this.transactions.run(() => this.#erase(scope, row, { outcome, anyVersion: isLast }));
      if (done) return { id, status: 'REVOKED', upstream: outcome.upstream, upstream_error: outcome.error };
    }
  }

  async #revokeUpstream(row: SealedCredential): Promise<UpstreamOutcome> {
    if (!this.upstream.knows(row)) return { upstream: 'not_supported', error: null };
    const tokens = await this.#tokensOf(row);
    return tokens === null
      ? { upstream: 'failed', error: 'The stored tokens could not be read' }
      : this.upstream.revoke(row, tokens);
  }

  // Null for tokens that do not open: they can still be erased here.
  async #tokensOf(row: SealedCredential): Promise<IssuedTokens | null> {
    try {
      const secret = await this.sealed.open(row, 'sealed_oauth_client_secret', row.sealedOauthClientSecret);
      return {
        client: { clientId: row.oauthClientId ?? '', clientSecret: secret, authMethod: authMethodOf(row) },
        accessToken: await this.sealed.open(row, 'sealed_value', row.sealedValue),
        refreshToken: await this.sealed.open(row, 'sealed_refresh_token', row.sealedRefreshToken),
      };
    } catch (error) {
      if (error instanceof AppError && error.code === 'vault.unreadable') return null;
      throw error;
    }
  }

  // False when the credential got other tokens since it was read: those are to be revoked as well.
  async #erase(
    scope: WorkspaceScope,
    seen: SealedCredential,
    { outcome, anyVersion }: { outcome: UpstreamOutcome; anyVersion: boolean },
  ): Promise<boolean> {
    await this.writing.lock(scope, seen.id);
    const row = await this.sealed.find(scope, seen.id);
    if (row.tokenVersion !== seen.tokenVersion && !anyVersion) return false;
    if (row.status === 'REVOKED' && row.sealedValue === null && row.sealedRefreshToken === null) return true;
    const change = {
      status: 'REVOKED',
      sealedValue: null,
      sealedPreviousValue: null,
      previousValueUntil: null,
      sealedRefreshToken: null,
      endpointUrl: null,
      nextRefreshAt: null,
      updatedAt: this.clock.now(),
    };
    const facts = { upstream: outcome.upstream };
    await this.writing.write(scope, row, change, {
      action: 'credential.revoke',
      events: ['REVOKE'],
      metadata: { ...facts, status: { from: row.status, to: 'REVOKED' } },
      facts,
    });
    return true;
  }
}

function authMethodOf({ oauthTokenAuthMethod, sealedOauthClientSecret }: SealedCredential): OauthClient['authMethod'] {
  switch (oauthTokenAuthMethod) {
    case 'client_secret_basic':
    case 'client_secret_post':
    case 'none':
      return oauthTokenAuthMethod;
    default:
      return sealedOauthClientSecret === null ? 'none' : 'client_secret_post';
  }
}
