import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '#kernel';
import { RepeatingTask } from '../../platform/repeating-task.js';
import { ChannelMessagesRepository } from './channel-messages.repository.js';

const everyMs = 60 * 60_000;
const keptMs = 30 * 24 * 60 * 60_000;
const batchSize = 1_000;

/** Removes lines of channels' logs that are older than thirty days. Several replicas may sweep at once. Tests call `runOnce`. */
@Injectable()
export class ChannelMessageSweepService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #task = new RepeatingTask(
    'channel-messages',
    () => everyMs,
    () => this.runOnce(),
  );

  constructor(
    private readonly messages: ChannelMessagesRepository,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.#task.start();
  }

  /** Starts nothing any more, and lets the batch under way finish. */
  beforeApplicationShutdown(): Promise<void> {
    return this.#task.stop();
  }

  /** One sweep, in batches. Answers how many lines it removed. */
  async runOnce(): Promise<number> {
    const before = new Date(this.clock.now().getTime() - keptMs);
    let total = 0;
    while (!this.#task.stopping) {
      const count = await this.messages.removeOlder(before, batchSize);
      total += count;
      if (count < batchSize) break;
    }
    return total;
  }
}
