import { Injectable } from '@nestjs/common';
import { Clock, Random, type Secret } from '#kernel';
import type { TokenSet } from '#oauth';
import { Vault } from '#vault';
import type { SealedTokens } from './oauth-tokens.types.js';
import { nextRefreshAt } from './refresh-rules.js';

interface Owner {
  id: string;
  workspaceId: string;
}

/** The sealed columns of `credentials`, by the name that goes into the seal. */
type Column = 'sealed_value' | 'sealed_refresh_token' | 'sealed_oauth_client_secret';

/** Seals the tokens of a credential and opens them again. */
@Injectable()
export class TokenSealingService {
  constructor(
    private readonly vault: Vault,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** What is stored of tokens that were issued now. `hadRefreshToken`: one is there that stays when none came. */
  async seal(owner: Owner, tokens: TokenSet, hadRefreshToken: boolean): Promise<SealedTokens> {
    const { accessToken, refreshToken, expiresAt, grantedScopes } = tokens;
    const renewable = refreshToken !== null || hadRefreshToken;
    return {
      sealedValue: await this.#seal(owner, 'sealed_value', accessToken),
      sealedRefreshToken: refreshToken && (await this.#seal(owner, 'sealed_refresh_token', refreshToken)),
      tokenExpiresAt: expiresAt,
      grantedScopes,
      nextRefreshAt: renewable ? nextRefreshAt(this.clock.now(), expiresAt, this.jitter()) : null,
    };
  }

  /** @throws AppError `vault.unreadable`. */
  open({ id, workspaceId }: Owner, column: Column, sealed: string): Promise<Secret> {
    return this.vault.open(sealed, { workspaceId, table: 'credentials', column, rowId: id });
  }

  /** A number from 0 to 1 that spreads what would otherwise happen at once. */
  jitter(): number {
    return this.random.bytes(4).readUInt32BE() / 0xffff_ffff;
  }

  #seal({ id, workspaceId }: Owner, column: Column, plain: Secret): Promise<string> {
    return this.vault.seal(plain, { workspaceId, table: 'credentials', column, rowId: id });
  }
}
