import { Module } from '@nestjs/common';
import { JobsModule } from '#jobs';
import { PrismaModule } from '#prisma';
import { EventsModule } from '../events/events.module.js';
import { CapacityRepository } from './capacity.repository.js';
import { DeliveriesService } from './deliveries.service.js';
import { DeliveryIds } from './delivery-ids.service.js';
import { DeliveryOutcomes } from './delivery-outcomes.service.js';
import { Moment } from './moment.service.js';
import { OutboxRepository } from './outbox.repository.js';
import { OutboxService } from './outbox.service.js';
import { RunRecordsRepository } from './run-records.repository.js';

/** Messages and events on their way to agents. */
@Module({
  imports: [EventsModule, JobsModule, PrismaModule],
  providers: [
    CapacityRepository,
    DeliveriesService,
    DeliveryIds,
    DeliveryOutcomes,
    Moment,
    OutboxRepository,
    OutboxService,
    RunRecordsRepository,
  ],
  exports: [DeliveriesService, DeliveryOutcomes],
})
export class DeliveriesModule {}
