import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventsService } from '../events/events.service.js';
import type { PublishedEvent } from '../events/events.types.js';
import { isDelivered } from './deliverable-events-rules.js';
import { DeliveryEndpointsRepository } from './delivery-endpoints.repository.js';
import { DeliveryIds } from './delivery-ids.service.js';
import { OutboxService } from './outbox.service.js';

type OfWorkspace = PublishedEvent & { workspaceId: string };

/** Puts events into the outbox beside messages, in the transaction that publishes them. */
@Injectable()
export class EventDeliveriesService implements OnModuleInit {
  constructor(
    private readonly events: EventsService,
    private readonly endpoints: DeliveryEndpointsRepository,
    private readonly outbox: OutboxService,
    private readonly ids: DeliveryIds,
  ) {}

  onModuleInit(): void {
    this.events.observeBatches((events) => this.deliver(events));
  }

  /** Delivers what the endpoint asked for; where there is none, what is usual, for whoever pulls. Nothing to an A2A agent. */
  async deliver(events: readonly PublishedEvent[]): Promise<void> {
    const possible = events.filter((event): event is OfWorkspace => event.workspaceId !== null);
    const perhaps = possible.filter((event) => isDelivered(event.type, [event.type]));
    if (perhaps.length === 0) return;
    const endpoints = await this.endpoints.findMany([...new Set(perhaps.map((event) => event.workspaceId))]);
    const items = perhaps.flatMap((event) => {
      const own = endpoints.filter((endpoint) => endpoint.workspaceId === event.workspaceId);
      const agents = own.find((endpoint) => endpoint.agentId !== null && endpoint.agentId === event.agentId);
      const endpoint = agents ?? own.find((each) => each.agentId === null);
      if (endpoint?.protocol === 'a2a' || !isDelivered(event.type, endpoint?.eventTypes ?? [])) return [];
      return [
        {
          id: this.ids.next(),
          workspaceId: event.workspaceId,
          agentId: event.agentId,
          laneAgentId: agents?.agentId ?? null,
          type: event.type,
          data: event.payload,
          originKind: 'event' as const,
          originId: event.id,
          runId: null,
          at: event.createdAt,
        },
      ];
    });
    await this.outbox.put(items);
  }
}
