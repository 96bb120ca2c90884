import { Injectable } from '@nestjs/common';
import { Egress } from '#egress';
import { Clock } from '#kernel';
import { isProviderKey, type OauthClient, refreshTokens, type TokenAuthMethod, type TokenSet } from '#oauth';
import type { RefreshLease } from './oauth-tokens.types.js';
import { TokenSealingService } from './token-sealing.service.js';

/** Time for one request to a token endpoint. Below the length of a lease, so that its holder never overstays. */
export const tokenRequestDeadlineMs = 8_000;

/** Asks authorization servers for new tokens. */
@Injectable()
export class TokenRequestsService {
  constructor(
    private readonly sealing: TokenSealingService,
    private readonly egress: Egress,
    private readonly clock: Clock,
  ) {}

  /**
   * Spends the refresh token of a lease. Sent once.
   * @throws TokenRequestFailure, or AppError `vault.unreadable`.
   */
  async refresh(lease: RefreshLease): Promise<TokenSet> {
    const refreshToken = await this.sealing.open(lease, 'sealed_refresh_token', lease.sealedRefreshToken);
    const provider = lease.provider !== null && isProviderKey(lease.provider) ? lease.provider : null;
    return refreshTokens(
      { issuer: lease.issuer, tokenEndpoint: lease.tokenUrl, provider },
      await this.#clientOf(lease),
      { refreshToken, resource: lease.resource },
      {
        fetch: this.egress.fetcher({ purpose: 'oauth.refresh', deadlineMs: tokenRequestDeadlineMs }),
        now: this.clock.now(),
      },
    );
  }

  async #clientOf(lease: RefreshLease): Promise<OauthClient> {
    const { clientId, sealedClientSecret: sealed, authMethod } = lease;
    const clientSecret = sealed === null ? null : await this.sealing.open(lease, 'sealed_oauth_client_secret', sealed);
    return { clientId, clientSecret, authMethod: authMethodOf(authMethod, clientSecret !== null) };
  }
}

function authMethodOf(stored: string | null, hasSecret: boolean): TokenAuthMethod {
  if (stored === 'client_secret_basic' || stored === 'client_secret_post' || stored === 'none') return stored;
  return hasSecret ? 'client_secret_post' : 'none';
}
