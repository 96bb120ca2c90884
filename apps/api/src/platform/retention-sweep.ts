import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { Clock } from '#kernel';
import { RepeatingTask } from './repeating-task.js';

const hourMs = 60 * 60_000;
const keptMs = 30 * 24 * hourMs;
const batchSize = 1_000;

/** How a sweep differs from the usual. */
interface SweepOptions {
  /** Milliseconds between two sweeps; an hour unless told. */
  everyMs?: number;
  /** Most batches of one sweep; unless told, it goes on until nothing is left. */
  mostBatches?: number;
}

/**
 * Removes what is older than thirty days, in batches, as long as the application runs. Several replicas may sweep at once.
 * Tests call {@link runOnce}.
 */
export abstract class RetentionSweep implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #task: RepeatingTask;
  readonly #mostBatches: number;

  protected constructor(
    name: string,
    private readonly clock: Clock,
    { everyMs = hourMs, mostBatches = Number.POSITIVE_INFINITY }: SweepOptions = {},
  ) {
    this.#task = new RepeatingTask(
      name,
      () => everyMs,
      () => this.runOnce(),
    );
    this.#mostBatches = mostBatches;
  }

  /** Removes at most so many of those from before the moment, and answers how many it were. */
  protected abstract remove(before: Date, most: number): Promise<number>;

  onApplicationBootstrap(): void | Promise<void> {
    this.#task.start();
  }

  /** Starts nothing any more, and lets the batch under way finish. */
  beforeApplicationShutdown(): Promise<void> {
    return this.#task.stop();
  }

  /** One sweep. Answers how many it removed. */
  async runOnce(): Promise<number> {
    const before = new Date(this.clock.now().getTime() - keptMs);
    let total = 0;
    for (let batch = 0; batch < this.#mostBatches && !this.#task.stopping; batch += 1) {
      const count = await this.remove(before, batchSize);
      total += count;
      if (count < batchSize) break;
    }
    return total;
  }
}
