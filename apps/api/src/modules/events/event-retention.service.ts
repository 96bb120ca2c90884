import { Injectable } from '@nestjs/common';
import { Clock } from '#kernel';
import { RetentionSweep } from '../../platform/retention-sweep.js';
import { EventReadsRepository } from './event-reads.repository.js';

/** Forgets events after thirty days. There are many, so it comes often and ends after so many batches. */
@Injectable()
export class EventRetentionService extends RetentionSweep {
  constructor(
    private readonly reads: EventReadsRepository,
    clock: Clock,
  ) {
    super('event-retention', clock, { everyMs: 10 * 60_000, mostBatches: 500 });
  }

  override async onApplicationBootstrap(): Promise<void> {
    await this.reads.adoptRestored();
    await super.onApplicationBootstrap();
  }

  protected remove(before: Date, most: number): Promise<number> {
    return this.reads.forget(before, most);
  }
}
