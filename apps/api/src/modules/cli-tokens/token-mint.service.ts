import { Injectable } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import { type CallerScope, Clock, Ids, Random, Secret, tokenHash } from '#kernel';
import { CliTokensRepository } from './cli-tokens.repository.js';
import type { CliToken, MintedToken, TokenLimits } from './cli-tokens.types.js';

const prefix = 'crewship_cli_';

/** Makes CLI tokens. Whoever asks has decided that the user may have it. */
@Injectable()
export class TokenMintService {
  constructor(
    private readonly repository: CliTokensRepository,
    private readonly audit: AuditLogService,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly random: Random,
  ) {}

  /** Adds a token of the user and answers its text, which is not stored. Joins the running transaction. */
  async mint(scope: CallerScope, userId: string, name: string, limits: TokenLimits): Promise<MintedToken> {
    const text = new Secret(`${prefix}${this.random.hex(32)}`);
    const row: CliToken = {
      id: this.ids.next(),
      name,
      tier: 'STANDARD',
      scopes: limits.scopes ?? [],
      createdAt: this.clock.now(),
      expiresAt: limits.expiresAt,
      lastUsedAt: null,
      revokedAt: null,
    };
    await this.repository.insert(userId, row, tokenHash(text.reveal()));
    await this.audit.record(scope, {
      action: 'cli_token.create',
      entityType: 'CLI_TOKEN',
      entityId: row.id,
      entityName: name,
      userId,
      metadata: { tier: row.tier, scopes: [...row.scopes], expires_at: row.expiresAt?.toISOString() ?? null },
    });
    return { row, text };
  }
}
