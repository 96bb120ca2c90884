import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { type JobContext, JobHandlers, JobQueue } from '#jobs';
import type { LeasedLane } from './deliveries.types.js';
import { DeliveryRoundService } from './delivery-round.service.js';
import { LaneHolder } from './lane-holder.service.js';
import { laneJob, laneTask } from './lane-jobs-rules.js';
import { LaneKeepingService } from './lane-keeping.service.js';
import { LanesRepository } from './lanes.repository.js';

const payload = z.object({ lane: z.string() });
const leaseMs = 20_000;
const renewMs = 5_000;
/** After so many deliveries others have their turn. */
const roundsAtOnce = 50;

/** Works on lanes: one holder at a time, one delivery after the other. */
@Injectable()
export class LaneWorkService implements OnModuleInit {
  constructor(
    private readonly handlers: JobHandlers,
    private readonly jobs: JobQueue,
    private readonly lanes: LanesRepository,
    private readonly rounds: DeliveryRoundService,
    private readonly keeping: LaneKeepingService,
    private readonly holder: LaneHolder,
  ) {}

  onModuleInit(): void {
    this.handlers.register(laneTask, (job, context) => this.work(payload.parse(job).lane, context));
  }

  /** Delivers what is due in a lane. Nothing happens when somebody else does already; that one is looked after, though. */
  async work(laneId: string, { signal }: JobContext): Promise<void> {
    const lane = await this.holder.lease(laneId, leaseMs);
    if (!lane) {
      const until = await this.lanes.leasedUntil(laneId);
      if (until) await this.jobs.addAll([laneJob(laneId, until)]);
      return;
    }
    const lost = new AbortController();
    const renewal = setInterval(() => void this.#renew(lane, lost), renewMs);
    try {
      await this.#drain(lane, AbortSignal.any([signal, lost.signal]));
    } catch (error) {
      if (lost.signal.aborted) return;
      await this.rounds.giveBack(lane);
      if (!signal.aborted) throw error;
    } finally {
      clearInterval(renewal);
      await this.holder.step(() => this.keeping.callHeldBack(lane.workspaceId));
    }
  }

  async #drain(lane: LeasedLane, signal: AbortSignal): Promise<void> {
    let next = await this.rounds.first(lane);
    for (let round = 0; round < roundsAtOnce && next; round += 1) {
      signal.throwIfAborted();
      next = await this.rounds.run(lane, next, signal);
    }
    if (next) await this.rounds.giveBack(lane);
  }

  // Who cannot renew in time must not go on posting: somebody else may have begun.
  async #renew(lane: LeasedLane, lost: AbortController): Promise<void> {
    const kept = await this.lanes.renew(lane, leaseMs).catch(() => false);
    if (!kept) lost.abort();
  }
}
