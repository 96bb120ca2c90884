import { Injectable } from '@nestjs/common';
import type { Page, WorkspaceScope } from '#kernel';
import { EventHistoryService } from '../events/event-history.service.js';
import type { EventResponse } from './dto/event.response.js';
import type { ListEventsQuery } from './dto/list-events.query.js';
import { toEventResponse } from './events.mapper.js';

/** What happened, as it is answered. */
@Injectable()
export class EventListsService {
  constructor(private readonly history: EventHistoryService) {}

  /** One page of a workspace's events, newest first. */
  async list(scope: WorkspaceScope, query: ListEventsQuery): Promise<Page<EventResponse>> {
    const filter = { type: query.type, agentId: query.agent_id || undefined };
    const { items, total } = await this.history.list(scope, filter, query);
    return { items: items.map(toEventResponse), total };
  }

  /** The last 100 events of the instance, newest first. */
  async newest(): Promise<EventResponse[]> {
    return (await this.history.newest()).map(toEventResponse);
  }
}
