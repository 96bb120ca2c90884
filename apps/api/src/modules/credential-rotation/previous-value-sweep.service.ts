import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '#kernel';
import { RotatedCredentialsRepository } from './rotated-credentials.repository.js';

const everyMs = 60_000;

/** Erases values before a rotation once their grace is over, once a minute. Rollback refuses them from the second on. */
@Injectable()
export class PreviousValueSweepService implements OnApplicationBootstrap, OnApplicationShutdown {
  #timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly repository: RotatedCredentialsRepository,
    private readonly clock: Clock,
  ) {}

  /** Erases what is due now. Answers how many. */
  runOnce(): Promise<number> {
    return this.repository.forgetPrevious(this.clock.now());
  }

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => {
      // The next minute tries again.
      this.runOnce().catch(() => Logger.warn('earlier values of credentials could not be erased'));
    }, everyMs);
    this.#timer.unref();
  }

  onApplicationShutdown(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
  }
}
