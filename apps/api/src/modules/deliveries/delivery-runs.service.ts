import { Injectable } from '@nestjs/common';
import { isJsonObject, type JsonObject, raise, type WorkspaceScope } from '#kernel';
import { deliveryErrors } from './deliveries.errors.js';
import { DeliveriesService } from './deliveries.service.js';
import { type Delivery, messageOrigins, type SentMessage } from './deliveries.types.js';
import { DeliveryReadingRepository } from './delivery-reading.repository.js';
import { DeliveryReplyService } from './delivery-reply.service.js';
import { DeliverySettlementService } from './delivery-settlement.service.js';
import { LaneHolder } from './lane-holder.service.js';
import { Moment } from './moment.service.js';

type Tenant = Pick<WorkspaceScope, 'workspaceId'>;

/** The runs that messages started: ending one, and starting one again. In the caller's transaction. */
@Injectable()
export class DeliveryRunsService {
  constructor(
    private readonly reading: DeliveryReadingRepository,
    private readonly lanes: LaneHolder,
    private readonly settlement: DeliverySettlementService,
    private readonly replies: DeliveryReplyService,
    private readonly deliveries: DeliveriesService,
    private readonly moment: Moment,
  ) {}

  /**
   * Ends an open run: its message is not sent any more, or its answer not taken. What is on its way at this moment arrives.
   * `isOpen` is asked once nobody else can end the run; false when it was over by then.
   * @throws AppError `delivery.run_not_of_message`.
   */
  async cancel(scope: Tenant, runId: string, isOpen: () => Promise<boolean>): Promise<boolean> {
    const { id, laneId } = await this.#deliveryOf(scope, runId);
    return await this.lanes.changeFromOutside(laneId, async () => {
      if (!(await isOpen())) return false;
      const at = this.moment.clock.now();
      const cancelled = await this.settlement.settle(id, ['pending'], { status: 'cancelled', error: null, at });
      if (!cancelled) await this.replies.forgo(await this.#deliveryOf(scope, runId));
      return true;
    });
  }

  /** Sends the run's message again, as a new delivery with a new run. @throws AppError `delivery.run_not_of_message`. */
  async retry(scope: Tenant, runId: string, triggeredBy: string | null): Promise<SentMessage> {
    const delivery = await this.#deliveryOf(scope, runId);
    const { messageId, text, metadata } = readMessage(delivery.data);
    const kind = messageOrigins.find((each) => each === delivery.originKind) ?? 'manual';
    return await this.deliveries.sendMessage(scope, {
      agentId: delivery.agentId,
      messageId,
      text,
      ...(metadata && { metadata }),
      origin: { kind, id: delivery.originId ?? '' },
      triggeredBy,
      at: this.moment.clock.now(),
    });
  }

  async #deliveryOf(scope: Tenant, runId: string): Promise<Delivery> {
    return (await this.reading.findByRun(scope, runId)) ?? raise(deliveryErrors.runNotOfMessage());
  }
}

// Our own object, as `toMessageSend` made it.
function readMessage(data: JsonObject) {
  const params = objectOf(data.params);
  const message = objectOf(params.message);
  const parts = Array.isArray(message.parts) ? message.parts : [];
  const { text } = objectOf(parts[0]);
  const { messageId } = message;
  return {
    messageId: typeof messageId === 'string' ? messageId : '',
    text: typeof text === 'string' ? text : '',
    metadata: isJsonObject(params.metadata) ? params.metadata : null,
  };
}

function objectOf(value: JsonObject[string] | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
