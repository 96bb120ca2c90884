import { Injectable } from '@nestjs/common';
import { Clock, raise, Transactions, type WorkspaceScope } from '#kernel';
import { deliveryErrors } from './deliveries.errors.js';
import { toDeliveryResponse } from './deliveries.mapper.js';
import { type Delivery, type DeliveryStatus, messageType } from './deliveries.types.js';
import { DeliveryReadingService } from './delivery-reading.service.js';
import { DeliveryReplyService } from './delivery-reply.service.js';
import { DeliverySettlementService } from './delivery-settlement.service.js';
import type { DeliveryResponse } from './dto/delivery.response.js';
import { LaneHolder } from './lane-holder.service.js';

const takeable: readonly DeliveryStatus[] = ['pending', 'no_endpoint', 'dead'];

/** What a puller says of a delivery: that it has it, and what the agent answers. */
@Injectable()
export class DeliveryTakingService {
  constructor(
    private readonly reading: DeliveryReadingService,
    private readonly lanes: LaneHolder,
    private readonly settlement: DeliverySettlementService,
    private readonly replies: DeliveryReplyService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /**
   * The puller has it: it is not sent again. As often as one likes.
   * @throws AppError `delivery.not_found`, `delivery.cancelled`.
   */
  async acknowledge(scope: WorkspaceScope, id: string): Promise<DeliveryResponse> {
    const { laneId, type } = await this.reading.getRow(scope, id);
    return await this.transactions.run(() =>
      this.lanes.changeFromOutside(laneId, async () => toDeliveryResponse(await this.#take(scope, id, type))),
    );
  }

  /**
   * The agent's answer, once, within five minutes of the delivery. It acknowledges what is not acknowledged yet.
   * @throws AppError `delivery.not_found`, `delivery.no_message`, `delivery.replied_already`, `delivery.reply_too_late`.
   */
  async reply(scope: WorkspaceScope, id: string, text: string): Promise<DeliveryResponse> {
    const { laneId, type } = await this.reading.getRow(scope, id);
    if (type !== messageType) throw deliveryErrors.noMessage();
    return await this.transactions.run(() =>
      this.lanes.changeFromOutside(laneId, async () => {
        const delivery = await this.#take(scope, id, type);
        if (delivery.repliedAt !== null) throw deliveryErrors.repliedAlready();
        const replied = await this.replies.reply(delivery, text);
        return toDeliveryResponse(replied ?? raise(deliveryErrors.replyTooLate()));
      }),
    );
  }

  async #take(scope: WorkspaceScope, id: string, type: string): Promise<Delivery> {
    const taken = await this.settlement.settle(id, takeable, {
      status: 'acknowledged',
      error: null,
      at: this.clock.now(),
      awaitsReply: type === messageType,
    });
    const delivery = taken ?? (await this.reading.getRow(scope, id));
    if (delivery.status === 'cancelled') throw deliveryErrors.cancelled();
    return delivery;
  }
}
