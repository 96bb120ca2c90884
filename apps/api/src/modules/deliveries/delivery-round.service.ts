import { setTimeout as wait } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '#kernel';
import { AttemptRecordingService } from './attempt-recording.service.js';
import { type Delivery, type LeasedLane, messageType } from './deliveries.types.js';
import { DeliveryPostingService, type PostTarget } from './delivery-posting.service.js';
import { DeliverySettlementService } from './delivery-settlement.service.js';
import { DeliveryTargetsService } from './delivery-targets.service.js';
import { LaneHolder } from './lane-holder.service.js';

/** How long after somebody pulled a lane it waits for being pulled again. */
const pullerIsAwaitedMs = 10 * 60_000;
/** How long is waited between the tries to write down what came of an attempt. */
const keepTriesMs = [200, 1_000, 3_000, 5_000];
const settledAtOnce = 100;
const noEndpoint = 'no delivery endpoint';

/** One step in a lane that is leased: its head is posted, waited for or settled. */
@Injectable()
export class DeliveryRoundService {
  readonly #log = new Logger('deliveries');

  constructor(
    private readonly lanes: LaneHolder,
    private readonly targets: DeliveryTargetsService,
    private readonly posting: DeliveryPostingService,
    private readonly attempts: AttemptRecordingService,
    private readonly settlement: DeliverySettlementService,
    private readonly clock: Clock,
  ) {}

  /** What is to be done first; null when nothing is due, and then the lane has been given back. */
  first(lane: LeasedLane): Promise<Delivery | null> {
    return this.lanes.dueHead(lane);
  }

  /** Deals with the head and answers what is to be done next, as {@link first}. */
  async run(lane: LeasedLane, head: Delivery, signal: AbortSignal): Promise<Delivery | null> {
    const target = await this.targets.find(lane);
    if (target === null || (target.protocol === 'a2a' && head.type !== messageType)) {
      return await this.#withoutEndpoint(lane, head, target);
    }
    const result = await this.posting.post(head, target, signal);
    return await this.#keep(() => this.lanes.change(lane, () => this.attempts.record(head, target, result)));
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

  // Who pulls is waited for, as long as they may come again; otherwise nobody would take the head.
  async #withoutEndpoint(lane: LeasedLane, head: Delivery, target: PostTarget | null) {
    const now = this.clock.now();
    const until = (lane.lastPulledAt?.getTime() ?? 0) + pullerIsAwaitedMs;
    if (target === null && until > now.getTime()) {
      await this.lanes.giveBack(lane, new Date(until));
      return null;
    }
    return await this.lanes.change(lane, async () => {
      let next: Delivery | null = head;
      for (let n = 0; n < settledAtOnce && next; n += 1) {
        const error: string = next.lastError === null ? noEndpoint : `${noEndpoint}: ${next.lastError}`;
        await this.settlement.settle(next.id, ['pending'], { status: 'no_endpoint', error, at: now });
        next = target === null ? await this.lanes.head(lane) : null;
      }
    });
  }
}
