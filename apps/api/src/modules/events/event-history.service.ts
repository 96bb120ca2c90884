import { Injectable } from '@nestjs/common';
import type { Page, PageRequest, WorkspaceScope } from '#kernel';
import { EventReadsRepository } from './event-reads.repository.js';
import type { EventFilter, StreamedEvent } from './events.types.js';

const shownToAdministrator = 100;

/** What happened in the last 30 days. */
@Injectable()
export class EventHistoryService {
  constructor(private readonly reads: EventReadsRepository) {}

  /** One page of a workspace's events, newest first. */
  list(scope: WorkspaceScope, filter: EventFilter, page: PageRequest): Promise<Page<StreamedEvent>> {
    return this.reads.findMany(scope, filter, page);
  }

  /** The last 100 events of the instance, newest first. */
  newest(): Promise<StreamedEvent[]> {
    return this.reads.findNewest(shownToAdministrator);
  }
}
