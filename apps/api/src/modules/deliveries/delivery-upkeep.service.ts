import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { AppConfig } from '#config';
import { Random } from '#kernel';
import { RepeatingTask } from '../../platform/repeating-task.js';
import { UpkeepWork } from './upkeep-work.service.js';

const everyMs = 15_000;
const mostBatches = 50;

/**
 * What comes round again: runs whose answers nobody waits for any more are ended, deliveries that were settled long ago are
 * removed, and somebody is called for lanes that seem to have been forgotten. Any number of replicas may do it at once.
 */
@Injectable()
export class DeliveryUpkeepService implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #task: RepeatingTask;

  constructor(
    private readonly work: UpkeepWork,
    private readonly config: AppConfig,
    random: Random,
  ) {
    const spread = () => everyMs + (random.bytes(1).readUInt8() / 255) * 5_000;
    this.#task = new RepeatingTask('deliveries', spread, () => this.runOnce());
  }

  onApplicationBootstrap(): void {
    if (this.config.jobs.mode === 'embedded') this.#task.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#task.stop();
  }

  /** Does all of it, a bounded number of rows at a time. */
  async runOnce(): Promise<void> {
    const stopping = () => this.#task.stopping;
    await repeat(stopping, () => this.work.endUnanswered());
    await repeat(stopping, () => this.work.removeOld());
    await this.work.callForgotten();
  }
}

async function repeat(stopping: () => boolean, step: () => Promise<boolean>): Promise<void> {
  for (let n = 0; n < mostBatches && !stopping(); n += 1) if (!(await step())) return;
}
