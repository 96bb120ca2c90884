import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '#kernel';
import { RepeatingTask } from '../../platform/repeating-task.js';
import { EventReadsRepository } from './event-reads.repository.js';

const everyMs = 10 * 60_000;
const keptMs = 30 * 24 * 3_600_000;
const batch = 1_000;
const mostBatches = 500;

/** Forgets events after 30 days, in small batches. Several replicas may sweep at once. Tests call `runOnce`. */
@Injectable()
export class EventRetentionService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #task = new RepeatingTask(
    'event-retention',
    () => everyMs,
    () => this.runOnce(),
  );

  constructor(
    private readonly reads: EventReadsRepository,
    private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.reads.adoptRestored();
    this.#task.start();
  }

  /** Starts nothing any more, and lets what is under way finish. */
  beforeApplicationShutdown(): Promise<void> {
    return this.#task.stop();
  }

  /** One sweep. Answers how many events it removed. */
  async runOnce(): Promise<number> {
    const before = new Date(this.clock.now().getTime() - keptMs);
    let removed = 0;
    for (let round = 0; round < mostBatches && !this.#task.stopping; round += 1) {
      const count = await this.reads.forget(before, batch);
      removed += count;
      if (count < batch) break;
    }
    return removed;
  }
}
