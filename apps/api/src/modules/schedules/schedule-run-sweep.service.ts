import { Injectable } from '@nestjs/common';
import { Clock } from '#kernel';
import { RetentionSweep } from '../../platform/retention-sweep.js';
import { ScheduleRunsRepository } from './schedule-runs.repository.js';

/** Removes runs that are older than thirty days. */
@Injectable()
export class ScheduleRunSweepService extends RetentionSweep {
  constructor(
    private readonly runs: ScheduleRunsRepository,
    clock: Clock,
  ) {
    super('schedule-runs', clock);
  }

  protected remove(before: Date, most: number): Promise<number> {
    return this.runs.removeOlder(before, most);
  }
}
