import { setTimeout as wait } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '#kernel';
import { AttemptRecordingService } from './attempt-recording.service.js';
import { type Delivery, type LeasedLane, messageType } from './deliveries.types.js';
import { DeliveryPostingService } from './delivery-posting.service.js';
import { DeliveryTargetsService, type OpenedTarget } from './delivery-targets.service.js';
import { LaneHolder } from './lane-holder.service.js';
import type { LaneView } from './lane-steps.repository.js';
import { UnreachableLaneService } from './unreachable-lane.service.js';

/** How long is waited between the tries to write down what came of an attempt. */
const keepTriesMs = [200, 1_000, 3_000, 5_000];

/** What is to be done next in a lane, with the endpoint that was opened last. */
export interface Round {
  head: Delivery;
  target: LaneView['target'];
  opened: OpenedTarget | null;
}

/** One step in a lane that is leased: its head is posted, waited for or settled. */
@Injectable()
export class DeliveryRoundService {
  readonly #log = new Logger('deliveries');

  constructor(
    private readonly lanes: LaneHolder,
    private readonly targets: DeliveryTargetsService,
    private readonly posting: DeliveryPostingService,
    private readonly attempts: AttemptRecordingService,
    private readonly withoutEndpoint: UnreachableLaneService,
    private readonly clock: Clock,
  ) {}

  /** What is to be done first; null when nothing is due, and then the lane has been given back. */
  async first(lane: LeasedLane): Promise<Round | null> {
    const { head, target } = await this.lanes.look(lane);
    return head && { head, target, opened: null };
  }

  /** Deals with the head and answers what is to be done next, as {@link first}. */
  async run(lane: LeasedLane, { head, target, opened }: Round, signal: AbortSignal): Promise<Round | null> {
    if (target === null || (target.protocol === 'a2a' && head.type !== messageType)) {
      const isLeft = await this.withoutEndpoint.pass(lane, head, target === null);
      return isLeft ? await this.first(lane) : null;
    }
    const open = await this.targets.open(target, opened);
    const result = await this.posting.post(head, open, signal);
    if (result.outcome === 'gone') await this.#keep(() => this.attempts.retire(open, head, result.finishedAt));
    const step = await this.#keep(() => this.attempts.record(lane, head, open, result));
    if (step.isReleased) return null;
    if (step.head === null || step.head.id === head.id) return await this.first(lane);
    return { head: step.head, target: step.target, opened: open };
  }

  /** Gives the lane back while something is due in it. */
  giveBack(lane: LeasedLane): Promise<void> {
    return this.lanes.giveBack(lane, this.clock.now());
  }

  // What the receiver said must not be lost because the database is busy at this moment: it would get the same again.
  async #keep<T>(write: () => Promise<T>): Promise<T> {
    for (const waitMs of keepTriesMs) {
      try {
        return await write();
      } catch (error) {
        this.#log.error(error);
        await wait(waitMs);
      }
    }
    return await write();
  }
}
