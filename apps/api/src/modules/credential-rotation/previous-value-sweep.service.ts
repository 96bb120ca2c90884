import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '#kernel';
import { RepeatingTask } from '../../platform/repeating-task.js';
import { RotatedCredentialsRepository } from './rotated-credentials.repository.js';

const everyMs = 60_000;

/** Erases values before a rotation once their grace is over, once a minute. Rollback refuses them from the second on. */
@Injectable()
export class PreviousValueSweepService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #task = new RepeatingTask(
    'credential-rotation',
    () => everyMs,
    () => this.runOnce(),
  );

  constructor(
    private readonly repository: RotatedCredentialsRepository,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.#task.start();
  }

  /** Starts nothing any more, and lets what is under way finish. */
  beforeApplicationShutdown(): Promise<void> {
    return this.#task.stop();
  }

  /** Erases what is due now. Answers how many. */
  runOnce(): Promise<number> {
    return this.repository.forgetPrevious(this.clock.now());
  }
}
