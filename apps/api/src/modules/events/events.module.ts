import { Module } from '@nestjs/common';
import { AuditLogModule } from '#audit-log';
import { PrismaModule } from '#prisma';
import { ChangeEventsService } from './change-events.service.js';
import { EventFeedService } from './event-feed.service.js';
import { EventHistoryService } from './event-history.service.js';
import { EventNoticesRepository } from './event-notices.repository.js';
import { EventReadsRepository } from './event-reads.repository.js';
import { EventRetentionService } from './event-retention.service.js';
import { EventsRepository } from './events.repository.js';
import { EventsService } from './events.service.js';

/** The event stream of the whole product: telling, keeping and handing out. Features that tell import it. */
@Module({
  imports: [AuditLogModule, PrismaModule],
  providers: [
    ChangeEventsService,
    EventFeedService,
    EventHistoryService,
    EventNoticesRepository,
    EventReadsRepository,
    EventRetentionService,
    EventsRepository,
    EventsService,
  ],
  exports: [EventFeedService, EventHistoryService, EventsService],
})
export class EventsModule {}
