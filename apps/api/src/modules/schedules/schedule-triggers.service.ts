import { Injectable } from '@nestjs/common';
import { Clock, Transactions, type WorkspaceScope } from '#kernel';
import { SchedulesRepository } from './schedules.repository.js';

/** Makes schedules due because something happened elsewhere (seed 004, GitHub's webhooks). */
@Injectable()
export class ScheduleTriggersService {
  constructor(
    private readonly repository: SchedulesRepository,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Has the workspace's enabled schedules whose name fits run within seconds. Answers how many they are. */
  triggerByName(scope: Pick<WorkspaceScope, 'workspaceId'>, fits: (name: string) => boolean): Promise<number> {
    return this.transactions.run(async () => {
      const schedules = await this.repository.findEnabledNames(scope);
      const ids = schedules.filter(({ name }) => fits(name)).map(({ id }) => id);
      return ids.length === 0 ? 0 : this.repository.makeDue(scope, ids, this.clock.now());
    });
  }
}
