import { Injectable } from '@nestjs/common';
import { unauthenticated } from '#access';
import { AuditLogService } from '#audit-log';
import type { LateBody } from '#http';
import { type Actor, type CallerScope, Clock, type Page, type PageRequest, raise, Transactions } from '#kernel';
import { cliTokenErrors } from './cli-tokens.errors.js';
import { toCliTokenResponse, toCreatedResponse } from './cli-tokens.mapper.js';
import { CliTokensRepository } from './cli-tokens.repository.js';
import type { TokenLimits } from './cli-tokens.types.js';
import type { CliTokenResponse, CreatedCliTokenResponse } from './dto/cli-token.response.js';
import type { CreateCliTokenDto } from './dto/create-cli-token.dto.js';
import type { ValidCredentialResponse } from './dto/valid-credential.response.js';
import { knownScopes, narrowed, requireRoleFor, type TokenWish } from './token-limits.js';
import { TokenMintService } from './token-mint.service.js';

/** The caller's own CLI tokens. */
@Injectable()
export class CliTokensService {
  constructor(
    private readonly repository: CliTokensRepository,
    private readonly mint: TokenMintService,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Makes a token that is at most as wide and as lasting as the one that asks for it. */
  async create(scope: CallerScope, body: LateBody<CreateCliTokenDto>): Promise<CreatedCliTokenResponse> {
    const dto = body.readIfAny();
    const tier = tierOf(dto.tier);
    const wish = this.#wishOf(dto);
    const userId = scope.actor.userId ?? raise(cliTokenErrors.personOnly());
    return this.transactions.run(async () => {
      const limits = narrowed(await this.#ownLimits(scope.actor), wish);
      const role = await this.repository.findBestRole(userId);
      requireRoleFor(limits.scopes ?? [], role);
      if (tier === 'ADMIN') throw role === 'OWNER' ? cliTokenErrors.adminUnavailable() : cliTokenErrors.ownerOnly();
      return toCreatedResponse(await this.mint.mint(scope, userId, dto.name?.trim() || 'CLI token', limits));
    });
  }

  /** Who the presented token or session belongs to. */
  validate({ actor }: CallerScope): ValidCredentialResponse {
    return { valid: true, user_id: actor.userId, user_email: actor.email };
  }

  /** One page of the caller's tokens, newest first, revoked ones included. */
  async list({ actor }: CallerScope, page: PageRequest): Promise<Page<CliTokenResponse>> {
    if (actor.userId === null) return { items: [], total: 0 };
    const { items, total } = await this.repository.findMany(actor.userId, page);
    return { items: items.map(toCliTokenResponse), total };
  }

  /**
   * Revokes a token of the caller; again changes nothing. A token with scopes may revoke itself only, whether or not the
   * other one exists.
   */
  async revoke(scope: CallerScope, id: string): Promise<{ status: 'revoked' }> {
    const { userId, tokenId, tokenScopes } = scope.actor;
    if (tokenScopes !== null && id !== tokenId) throw cliTokenErrors.othersTokens();
    if (userId === null) throw cliTokenErrors.notFound();
    return this.transactions.run(async () => {
      const token = (await this.repository.findById(userId, id)) ?? raise(cliTokenErrors.notFound());
      if (await this.repository.revoke(userId, id, this.clock.now())) {
        await this.audit.record(scope, {
          action: 'cli_token.revoke',
          entityType: 'CLI_TOKEN',
          entityId: id,
          entityName: token.name,
        });
      }
      return { status: 'revoked' };
    });
  }

  #wishOf({ scopes, expires_in_seconds: seconds }: CreateCliTokenDto): TokenWish {
    if (scopes === null) throw cliTokenErrors.scopesNull({ fields: [scopesFault] });
    return {
      scopes: scopes && knownScopes(scopes),
      expiresAt: seconds ? new Date(this.clock.now().getTime() + seconds * 1_000) : undefined,
    };
  }

  async #ownLimits({ tokenId, tokenScopes: scopes }: Actor): Promise<TokenLimits> {
    if (tokenId === null) return { scopes: null, expiresAt: null };
    const own = (await this.repository.findEndAndHold(tokenId)) ?? raise(unauthenticated('session_invalid'));
    return { scopes, expiresAt: own.expiresAt };
  }
}

// null counts as absent elsewhere; here absence can mean "no limits", which nobody should get by a slip.
const scopesFault = { field: 'scopes', code: 'wrong_type', message: 'scopes must be an array of strings' };

function tierOf(word: string | null | undefined): 'STANDARD' | 'ADMIN' {
  const tier = (word || 'STANDARD').toUpperCase();
  return tier === 'STANDARD' || tier === 'ADMIN' ? tier : raise(cliTokenErrors.unknownTier());
}
