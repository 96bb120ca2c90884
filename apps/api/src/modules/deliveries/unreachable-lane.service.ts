import { Injectable } from '@nestjs/common';
import { Clock } from '#kernel';
import type { Delivery, LeasedLane } from './deliveries.types.js';
import { DeliverySettlementService } from './delivery-settlement.service.js';
import { LaneHolder } from './lane-holder.service.js';

/** How long after somebody pulled a lane it waits for being pulled again. */
const pullerIsAwaitedMs = 10 * 60_000;
const settledAtOnce = 100;
const noEndpoint = 'no delivery endpoint';

/** What becomes of deliveries that cannot be posted. */
@Injectable()
export class UnreachableLaneService {
  constructor(
    private readonly lanes: LaneHolder,
    private readonly settlement: DeliverySettlementService,
    private readonly clock: Clock,
  ) {}

  /**
   * Who pulls is waited for, as long as they may come again; otherwise nobody would take the head, nor what follows when
   * there is no endpoint at all. False when the lane has been given back.
   */
  async pass(lane: LeasedLane, head: Delivery, hasNoEndpoint: boolean): Promise<boolean> {
    const now = this.clock.now();
    const until = (lane.lastPulledAt?.getTime() ?? 0) + pullerIsAwaitedMs;
    if (hasNoEndpoint && until > now.getTime()) {
      await this.lanes.giveBack(lane, new Date(until));
      return false;
    }
    const left = await this.lanes.change(lane, async () => {
      let next: Delivery | null = head;
      for (let n = 0; n < settledAtOnce && next; n += 1) {
        const error: string = next.lastError === null ? noEndpoint : `${noEndpoint}: ${next.lastError}`;
        await this.settlement.settle(next.id, ['pending'], { status: 'no_endpoint', error, at: now });
        next = hasNoEndpoint ? await this.lanes.head(lane) : null;
      }
    });
    return left !== null;
  }
}
