import { Injectable } from '@nestjs/common';
import { checkEndpoint, Egress } from '#egress';
import { AppError, Clock, type Secret } from '#kernel';
import {
  discoverServer,
  isProviderKey,
  type OauthClient,
  type ProviderKey,
  providerKeyOfEndpoint,
  providers,
  revokeToken,
  TokenRequestFailure,
} from '#oauth';
import type { SealedCredential } from './rotated-credentials.repository.js';

/** The tokens of a credential and the client that they were issued to. */
export interface IssuedTokens {
  client: OauthClient;
  accessToken: Secret | null;
  refreshToken: Secret | null;
}

/** What a credential says of the server that its tokens come from. */
export type IssuingServer = Pick<SealedCredential, 'oauthIssuer' | 'oauthResource' | 'oauthProvider' | 'oauthTokenUrl'>;

/** What became of the tokens at their authorization server. */
export type UpstreamOutcome =
  | { upstream: 'revoked' | 'not_supported' | 'nothing_to_revoke'; error: null }
  | { upstream: 'failed'; error: string };

interface RevocationEndpoint {
  issuer: string | null;
  revocationEndpoint: string;
  provider: ProviderKey | null;
}

const deadlineMs = 10_000;

/** Revokes tokens where they were issued (RFC 7009). Never throws for what the other side does. */
@Injectable()
export class UpstreamRevocationService {
  constructor(
    private readonly egress: Egress,
    private readonly clock: Clock,
  ) {}

  /** Whether the authorization server of this credential is known well enough to be asked. */
  knows(row: SealedCredential): boolean {
    return row.type === 'OAUTH2' && row.oauthClientId !== null;
  }

  /** Revokes the refresh token first, which ends the grant, then the access token. */
  async revoke(row: IssuingServer, tokens: IssuedTokens): Promise<UpstreamOutcome> {
    const { accessToken, refreshToken, client } = tokens;
    if (accessToken === null && refreshToken === null) return { upstream: 'nothing_to_revoke', error: null };
    try {
      const endpoint = await this.#endpointOf(row);
      if (endpoint === null) return { upstream: 'not_supported', error: null };
      const by = { fetch: this.egress.fetcher({ purpose: 'oauth.revoke', deadlineMs }), now: this.clock.now() };
      if (refreshToken) await revokeToken(endpoint, client, { token: refreshToken, kind: 'refresh_token' }, by);
      if (accessToken) await revokeToken(endpoint, client, { token: accessToken, kind: 'access_token' }, by);
      return { upstream: 'revoked', error: null };
    } catch (error) {
      return { upstream: 'failed', error: sentenceOf(error) };
    }
  }

  // From the table of providers, else from what the server of the tokens publishes, if that is still the same issuer.
  async #endpointOf(row: IssuingServer): Promise<RevocationEndpoint | null> {
    const provider = providerOf(row);
    const known = provider && providers[provider].revocationEndpoint;
    if (known) return { issuer: row.oauthIssuer, revocationEndpoint: known, provider };
    if (row.oauthResource === null || row.oauthIssuer === null) return null;
    const server = await discoverServer(new URL(row.oauthResource), {
      fetch: this.egress.fetcher({ purpose: 'oauth.discover', deadlineMs }),
      allowed: (url) => checkEndpoint(url, this.egress.policy).ok,
      deadlineMs,
    });
    const { issuer, revocationEndpoint } = server;
    if (revocationEndpoint === null || issuer !== row.oauthIssuer) return null;
    return { issuer, revocationEndpoint, provider: server.provider };
  }
}

function providerOf({ oauthProvider, oauthTokenUrl }: IssuingServer): ProviderKey | null {
  if (oauthProvider !== null && isProviderKey(oauthProvider)) return oauthProvider;
  return oauthTokenUrl !== null && URL.canParse(oauthTokenUrl) ? providerKeyOfEndpoint(oauthTokenUrl) : null;
}

function sentenceOf(error: unknown): string {
  if (error instanceof TokenRequestFailure) return error.reason;
  return error instanceof AppError ? error.message : 'The authorization server could not be asked';
}
