import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '#kernel';
import { RepeatingTask } from '../../platform/repeating-task.js';
import { IdempotencyRepository } from './idempotency.repository.js';

const everyMs = 10 * 60_000;

/** Removes keys whose day is over, with their answers. Several replicas may sweep at once. Tests call `runOnce`. */
@Injectable()
export class IdempotencySweepService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #task = new RepeatingTask(
    'idempotency',
    () => everyMs,
    () => this.runOnce(),
  );

  constructor(
    private readonly calls: IdempotencyRepository,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.#task.start();
  }

  /** Starts nothing any more, and lets what is under way finish. */
  beforeApplicationShutdown(): Promise<void> {
    return this.#task.stop();
  }

  /** One sweep. Answers how many keys it removed. */
  runOnce(): Promise<number> {
    return this.calls.forget(this.clock.now());
  }
}
