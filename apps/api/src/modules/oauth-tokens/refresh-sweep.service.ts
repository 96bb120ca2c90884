import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { AppConfig } from '#config';
import { Clock } from '#kernel';
import { RepeatingTask } from '../../platform/repeating-task.js';
import type { RenewableCredential } from './oauth-tokens.types.js';
import { type AttemptOutcome, RefreshAttemptsService } from './refresh-attempts.service.js';
import { RefreshLeasesRepository } from './refresh-leases.repository.js';
import { TokenSealingService } from './token-sealing.service.js';

const everyMs = 60_000;
const batch = 100;
const mostBatches = 20;
const atOnce = 4;

/** How one sweep went, in credentials. */
export type SweepCounts = Record<AttemptOutcome, number>;

/**
 * Renews tokens that nobody uses at the moment, so that refresh tokens with a lifetime do not run out. Every replica
 * sweeps about once a minute at moments of its own; leases keep them from doing the same twice. Tests call `runOnce`.
 */
@Injectable()
export class RefreshSweepService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #task: RepeatingTask;

  constructor(
    private readonly leases: RefreshLeasesRepository,
    private readonly attempts: RefreshAttemptsService,
    private readonly sealing: TokenSealingService,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {
    this.#task = new RepeatingTask(
      'oauth-tokens',
      () => everyMs * (0.75 + this.sealing.jitter() / 2),
      () => this.runOnce(),
    );
  }

  onApplicationBootstrap(): void {
    if (this.config.environment !== 'test') this.#task.start();
  }

  /** Starts nothing any more, and lets what is under way finish. */
  beforeApplicationShutdown(): Promise<void> {
    return this.#task.stop();
  }

  /** Renews everything that is due and that nobody else renews, at most two thousand credentials. */
  async runOnce(): Promise<SweepCounts> {
    const counts: SweepCounts = { refreshed: 0, failed: 0, discarded: 0, busy: 0, not_due: 0 };
    for (let round = 0; round < mostBatches && !this.#task.stopping; round += 1) {
      const due = await this.leases.findDue(this.clock.now(), batch);
      const queue = due.values();
      await Promise.all(Array.from({ length: atOnce }, () => this.#work(queue, counts)));
      if (due.length < batch) break;
    }
    return counts;
  }

  // Workers take from one queue, so that a slow authorization server holds up one of them only.
  async #work(queue: Iterator<RenewableCredential>, counts: SweepCounts): Promise<void> {
    for (let next = queue.next(); !next.done && !this.#task.stopping; next = queue.next()) {
      counts[await this.attempts.attempt(next.value)] += 1;
    }
  }
}
