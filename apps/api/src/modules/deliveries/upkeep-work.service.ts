import { Injectable } from '@nestjs/common';
import { JobQueue } from '#jobs';
import { Clock, Transactions } from '#kernel';
import { DeliveryConclusionsService } from './delivery-conclusions.service.js';
import { laneJob } from './lane-jobs-rules.js';
import { LanesRepository } from './lanes.repository.js';
import { SettlementsRepository } from './settlements.repository.js';

const overdueAfterMs = 30_000;
const batch = 200;
const keptForMs = 30 * 24 * 60 * 60_000;

/** The single steps of the upkeep. */
@Injectable()
export class UpkeepWork {
  constructor(
    private readonly settlements: SettlementsRepository,
    private readonly conclusions: DeliveryConclusionsService,
    private readonly lanes: LanesRepository,
    private readonly jobs: JobQueue,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Ends the runs of deliveries whose time to answer is over. Answers whether there may be more. */
  async endUnanswered(): Promise<boolean> {
    return await this.transactions.run(async () => {
      const over = await this.settlements.takeUnanswered(this.clock.now(), batch);
      for (const delivery of over) {
        await this.settlements.endReplyWindow(delivery.id);
        await this.conclusions.unanswered(delivery);
      }
      return over.length === batch;
    });
  }

  /** Removes what was settled thirty days ago. Answers whether there may be more. */
  async removeOld(): Promise<boolean> {
    const before = new Date(this.clock.now().getTime() - keptForMs);
    return (await this.settlements.removeSettled(before, batch)) === batch;
  }

  /** Calls somebody for lanes that have been due for a while. */
  async callForgotten(): Promise<void> {
    const overdue = await this.lanes.findOverdue(new Date(this.clock.now().getTime() - overdueAfterMs), batch);
    await this.jobs.addAll(overdue.map((lane) => laneJob(lane.id, lane.nextDueAt)));
  }
}
