import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { Clock, Transactions } from '#kernel';
import type { TokenSet } from '#oauth';
import type { RefreshLease, RenewableCredential } from './oauth-tokens.types.js';
import { judgeRefreshFailure, type RefreshFailure } from './refresh-failure.js';
import { RefreshLeasesRepository } from './refresh-leases.repository.js';
import { retryAt } from './refresh-rules.js';
import { TokenRecordingService } from './token-recording.service.js';
import { TokenRequestsService } from './token-requests.service.js';
import { TokenSealingService } from './token-sealing.service.js';

/**
 * How one try went. `busy`: somebody else holds the lease; `not_due`: nothing is to be done, any more or at all;
 * `discarded`: the answer came after the lease was taken over, or the token was replaced meanwhile.
 */
export type AttemptOutcome = 'refreshed' | 'failed' | 'discarded' | 'busy' | 'not_due';

/** How long nobody else may renew a token that somebody began to renew: longer than its request and the writing take. */
export const leaseMs = 11_000;

// New tokens exist once: a database that is away for a moment must not lose them.
const writePausesMs = [0, 250, 1_000];

/** Renews a token once, when nobody else does. The request is made outside any transaction. */
@Injectable()
export class RefreshAttemptsService {
  readonly #log = new Logger('oauth-tokens');

  constructor(
    private readonly leases: RefreshLeasesRepository,
    private readonly requests: TokenRequestsService,
    private readonly sealing: TokenSealingService,
    private readonly recording: TokenRecordingService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Tries once, and writes down how it went. Throws only what the database throws. */
  async attempt(
    credential: Pick<RenewableCredential, 'id' | 'workspaceId'>,
    options: { leaseMs: number } = { leaseMs },
  ): Promise<AttemptOutcome> {
    const lease = await this.leases.take(credential, this.clock.now(), options.leaseMs);
    if (!lease) return (await this.leases.isDue(credential, this.clock.now())) ? 'busy' : 'not_due';
    try {
      const tokens = await this.requests.refresh(lease);
      return (await this.#complete(lease, tokens)) ? 'refreshed' : 'discarded';
    } catch (error) {
      return (await this.#fail(lease, error)) ? 'failed' : 'discarded';
    }
  }

  async #complete(lease: RefreshLease, tokens: TokenSet): Promise<boolean> {
    let fault: unknown;
    for (const pause of writePausesMs) {
      if (pause > 0) await sleep(pause);
      try {
        return await this.#write(lease, tokens);
      } catch (error) {
        fault = error;
      }
    }
    throw fault;
  }

  async #write(lease: RefreshLease, tokens: TokenSet): Promise<boolean> {
    const sealed = await this.sealing.seal(lease, tokens, true);
    return this.transactions.run(async () => {
      const stored = await this.leases.complete(lease, sealed, this.clock.now());
      if (stored) await this.recording.refreshed(lease);
      return stored;
    });
  }

  async #fail(lease: RefreshLease, error: unknown): Promise<boolean> {
    const failure = judgeRefreshFailure(error);
    const stored = await this.transactions.run(async () => {
      const changed = await this.leases.fail(lease, { ...failure, nextRefreshAt: this.#nextTry(lease, failure) });
      if (changed && failure.errorClass === 'definitive') await this.recording.needsReauth(lease, failure);
      return changed;
    });
    const { errorClass, errorCode } = failure;
    this.#log.warn(
      `token of credential ${lease.id} not renewed: ${errorClass} (${errorCode})${stored ? '' : ', too late'}`,
    );
    if (errorClass === 'internal') this.#log.error(error);
    return stored;
  }

  #nextTry({ failures }: RefreshLease, { errorClass, retryAfterMs }: RefreshFailure): Date | null {
    if (errorClass === 'definitive') return null;
    return retryAt(this.clock.now(), failures + 1, retryAfterMs, this.sealing.jitter());
  }
}
