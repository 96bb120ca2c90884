import { Injectable } from '@nestjs/common';
import { JobQueue } from '#jobs';
import { Clock } from '#kernel';
import type { Delivery, LeasedLane } from './deliveries.types.js';
import { laneJob } from './lane-jobs-rules.js';
import { LanesRepository } from './lanes.repository.js';

/** Keeps a lane's own words true when one of its deliveries changes: when it is due, and that somebody comes then. */
@Injectable()
export class LaneKeepingService {
  constructor(
    private readonly lanes: LanesRepository,
    private readonly jobs: JobQueue,
    private readonly clock: Clock,
  ) {}

  /**
   * Looks at the head again, in the transaction that changed something and holds the lane. Who has leased the lane keeps it
   * while the head is due, and gets that head; otherwise the lane is given back in the same moment, and a job is called for
   * when it is due.
   */
  async settle(laneId: string, lease: LeasedLane | null): Promise<Delivery | null> {
    const head = await this.lanes.head(laneId);
    const due = head && (head.nextAttemptAt ?? this.clock.now());
    const isDue = due !== null && due <= this.clock.now();
    if (lease && isDue) return head;
    if (lease) await this.lanes.setDueAndRelease(lease, due);
    else await this.lanes.setDue(laneId, due);
    if (due !== null) await this.jobs.addAll([laneJob(laneId, due)]);
    return isDue ? head : null;
  }

  /** Gives the lane back until the moment. In a transaction that holds it. */
  async giveBack(lease: LeasedLane, until: Date): Promise<void> {
    await this.lanes.setDueAndRelease(lease, until);
    await this.jobs.addAll([laneJob(lease.id, until)]);
  }

  /** Calls somebody for the lanes that were turned away while the workspace had as many as it may. */
  async callHeldBack(workspaceId: string): Promise<void> {
    const waiting = await this.lanes.findHeldBack(workspaceId, this.clock.now());
    await this.jobs.addAll(waiting.map((lane) => laneJob(lane.id, lane.nextDueAt)));
  }
}
