import { Injectable } from '@nestjs/common';
import { Transactions } from '#kernel';
import { EventsService } from '../events/events.service.js';
import type { Delivery } from './deliveries.types.js';
import { DeliveryEndpointsRepository } from './delivery-endpoints.repository.js';
import type { PostTarget } from './delivery-posting.service.js';

const reason = 'it answered 410 Gone';

/** Takes endpoints that are gone out of use. */
@Injectable()
export class EndpointRetirementService {
  constructor(
    private readonly endpoints: DeliveryEndpointsRepository,
    private readonly events: EventsService,
    private readonly transactions: Transactions,
  ) {}

  /** Nothing is posted there any more, and the workspace is told. Nothing happens when the address is another by now. */
  async retire({ endpointId, url }: PostTarget, delivery: Delivery, at: Date): Promise<void> {
    await this.transactions.run(async () => {
      if (!(await this.endpoints.disable(endpointId, url, reason, at))) return;
      const payload = { endpoint_id: endpointId, reason, delivery_id: delivery.id };
      await this.events.publish(delivery, { type: 'delivery_endpoint.disabled', agentId: delivery.agentId, payload });
    });
  }
}
