import { Module } from '@nestjs/common';
import { JobsModule } from '#jobs';
import { PrismaModule } from '#prisma';
import { EgressModule } from '../egress/egress.module.js';
import { EventsModule } from '../events/events.module.js';
import { KeyringModule } from '../keyring/keyring.module.js';
import { ActivityRecordsRepository } from './activity-records.repository.js';
import { AttemptRecordingService } from './attempt-recording.service.js';
import { CapacityRepository } from './capacity.repository.js';
import { DeliveriesService } from './deliveries.service.js';
import { DeliveryConclusionsService } from './delivery-conclusions.service.js';
import { DeliveryEndpointsRepository } from './delivery-endpoints.repository.js';
import { DeliveryIds } from './delivery-ids.service.js';
import { DeliveryOutcomes } from './delivery-outcomes.service.js';
import { DeliveryPostingService } from './delivery-posting.service.js';
import { DeliveryRoundService } from './delivery-round.service.js';
import { DeliverySettlementService } from './delivery-settlement.service.js';
import { DeliveryTargetsService } from './delivery-targets.service.js';
import { DeliveryUpkeepService } from './delivery-upkeep.service.js';
import { LaneHolder } from './lane-holder.service.js';
import { LaneKeepingService } from './lane-keeping.service.js';
import { LaneWorkService } from './lane-work.service.js';
import { LanesRepository } from './lanes.repository.js';
import { Moment } from './moment.service.js';
import { OutboxRepository } from './outbox.repository.js';
import { OutboxService } from './outbox.service.js';
import { RunRecordsRepository } from './run-records.repository.js';
import { SettlementsRepository } from './settlements.repository.js';
import { UpkeepWork } from './upkeep-work.service.js';

/** Messages and events on their way to agents. */
@Module({
  imports: [EgressModule, EventsModule, JobsModule, KeyringModule, PrismaModule],
  providers: [
    ActivityRecordsRepository,
    AttemptRecordingService,
    CapacityRepository,
    DeliveriesService,
    DeliveryConclusionsService,
    DeliveryEndpointsRepository,
    DeliveryIds,
    DeliveryOutcomes,
    DeliveryPostingService,
    DeliveryRoundService,
    DeliverySettlementService,
    DeliveryTargetsService,
    LaneHolder,
    LaneKeepingService,
    LaneWorkService,
    LanesRepository,
    Moment,
    OutboxRepository,
    OutboxService,
    RunRecordsRepository,
    SettlementsRepository,
    UpkeepWork,
    DeliveryUpkeepService,
  ],
  exports: [DeliveriesService, DeliveryOutcomes],
})
export class DeliveriesModule {}
