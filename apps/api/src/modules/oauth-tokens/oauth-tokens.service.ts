import { Injectable } from '@nestjs/common';
import { Clock } from '#kernel';
import type { TokenSet } from '#oauth';
import { credentialErrors } from '../credentials/credentials.errors.js';
import { OauthTokensRepository } from './oauth-tokens.repository.js';
import type { RenewableCredential, TokenScope } from './oauth-tokens.types.js';
import { isRefreshDue } from './refresh-rules.js';
import { TokenRecordingService } from './token-recording.service.js';
import { TokenRefreshService } from './token-refresh.service.js';
import { TokenSealingService } from './token-sealing.service.js';

// A caller whose token still works does not wait for a slow authorization server.
const patienceWithLivingTokenMs = 2_000;

/** The tokens of OAuth credentials: stored, and kept alive. */
@Injectable()
export class OauthTokensService {
  constructor(
    private readonly repository: OauthTokensRepository,
    private readonly sealing: TokenSealingService,
    private readonly recording: TokenRecordingService,
    private readonly refreshing: TokenRefreshService,
    private readonly clock: Clock,
  ) {}

  /**
   * Stores tokens that a person's consent brought, in the caller's transaction: the credential becomes ACTIVE and healthy, and
   * a refresh that is under way is dropped. Without a new refresh token the old one stays. Both logs are told; a scope
   * with an actor says of whom.
   * @throws AppError `credential.not_found`, `vault.not_text`.
   */
  async store(scope: TokenScope, credentialId: string, tokens: TokenSet): Promise<void> {
    const { workspaceId } = scope;
    const hadRefreshToken = await this.repository.lockRefreshToken(scope, credentialId);
    const sealed = await this.sealing.seal({ id: credentialId, workspaceId }, tokens, hadRefreshToken);
    const stored = await this.repository.replace(scope, credentialId, sealed, this.clock.now());
    if (!stored) throw credentialErrors.notFound();
    await this.recording.connected(scope, { id: credentialId, name: stored.name }, tokens.grantedScopes);
  }

  /**
   * Renews those of the credentials that are due, and waits for it; where a token still lives, two seconds at most. What is
   * not renewed afterwards could not be: read the credential to see whether its token still lives. One statement when
   * nothing is due. Call it outside transactions. Throws only what the database throws.
   */
  async ensureFresh(scope: TokenScope, credentialIds: readonly string[]): Promise<void> {
    if (credentialIds.length === 0) return;
    const rows = await this.repository.findRenewable(scope, credentialIds);
    const now = this.clock.now();
    const due = rows.filter((row) => isRefreshDue({ ...row, renewable: true }, now));
    await Promise.all(due.map((row) => this.#renew(row, now)));
  }

  #renew(row: RenewableCredential, now: Date): Promise<void> {
    const renewed = this.refreshing.refresh(row);
    const lives =
      row.tokenExpiresAt === null || row.tokenExpiresAt.getTime() - now.getTime() > patienceWithLivingTokenMs;
    return lives ? within(patienceWithLivingTokenMs, renewed) : renewed;
  }
}

async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  try {
    await Promise.race([work, patience]);
  } finally {
    clearTimeout(timer);
  }
}
