import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '#kernel';
import { IdempotencyRepository } from './idempotency.repository.js';

const everyMs = 10 * 60_000;

/** Removes keys whose day is over, with their answers. Several replicas may sweep at once. Tests call `runOnce`. */
@Injectable()
export class IdempotencySweepService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #log = new Logger('idempotency');
  #timer: NodeJS.Timeout | null = null;
  #sweep: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly calls: IdempotencyRepository,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => {
      this.#sweep = this.runOnce().catch((error: unknown) => this.#log.error(error));
    }, everyMs);
    this.#timer.unref();
  }

  /** Starts nothing any more, and lets what is under way finish. */
  async beforeApplicationShutdown(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#sweep;
  }

  /** One sweep. Answers how many keys it removed. */
  runOnce(): Promise<number> {
    return this.calls.forget(this.clock.now());
  }
}
