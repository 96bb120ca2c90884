import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { AppConfig } from '#config';
import { Clock } from '#kernel';
import { RepeatingTask } from '../../platform/repeating-task.js';
import { DueSchedulesService } from './due-schedules.service.js';

const longestWaitMs = 5_000;
const shortestWaitMs = 200;
const retryMs = 1_000;
const minuteMs = 60_000;

/**
 * How long to sleep: until the next schedule is due, but never past the turn of a minute, where expressions fire, and never
 * longer than five seconds, since others may make something due earlier. What another replica is at is looked at again
 * shortly after.
 */
export function waitMs(now: Date, earliest: Date | null): number {
  const toMinute = minuteMs - (now.getTime() % minuteMs);
  const toEarliest = earliest === null ? longestWaitMs : earliest.getTime() - now.getTime();
  return Math.min(toMinute, longestWaitMs, Math.max(shortestWaitMs, toEarliest));
}

/** Looks for due schedules, in every replica. Switched off together with the job engine. */
@Injectable()
export class ScheduleTickerService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  #earliest: Date | null = null;
  readonly #task: RepeatingTask;

  constructor(
    private readonly due: DueSchedulesService,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {
    this.#task = new RepeatingTask(
      'schedules',
      () => waitMs(this.clock.now(), this.#earliest),
      () => this.#tick(),
    );
  }

  onApplicationBootstrap(): void {
    if (this.config.jobs.mode === 'embedded') this.#task.start();
  }

  /** Claims nothing any more, and lets the batch under way finish. */
  beforeApplicationShutdown(): Promise<void> {
    return this.#task.stop();
  }

  async #tick(): Promise<void> {
    // A tick that fails is repeated soon.
    this.#earliest = new Date(this.clock.now().getTime() + retryMs);
    await this.due.runDue(() => this.#task.stopping);
    this.#earliest = await this.due.earliest();
  }
}
