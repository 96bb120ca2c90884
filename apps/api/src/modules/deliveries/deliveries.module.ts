import { Module } from '@nestjs/common';
import { AuditLogModule } from '#audit-log';
import { JobsModule } from '#jobs';
import { PrismaModule } from '#prisma';
import { AgentsModule } from '../agents/agents.module.js';
import { EgressModule } from '../egress/egress.module.js';
import { EventsModule } from '../events/events.module.js';
import { KeyringModule } from '../keyring/keyring.module.js';
import { ActivityRecordsRepository } from './activity-records.repository.js';
import { AgentEndpointsController } from './agent-endpoints.controller.js';
import { AgentEndpointsService } from './agent-endpoints.service.js';
import { AttemptRecordingService } from './attempt-recording.service.js';
import { CapacityRepository } from './capacity.repository.js';
import { DeliveriesController } from './deliveries.controller.js';
import { DeliveriesService } from './deliveries.service.js';
import { DeliveryConclusionsService } from './delivery-conclusions.service.js';
import { DeliveryEndpointStore } from './delivery-endpoint-store.service.js';
import { DeliveryEndpointsController } from './delivery-endpoints.controller.js';
import { DeliveryEndpointsRepository } from './delivery-endpoints.repository.js';
import { DeliveryEndpointsService } from './delivery-endpoints.service.js';
import { DeliveryIds } from './delivery-ids.service.js';
import { DeliveryOutcomes } from './delivery-outcomes.service.js';
import { DeliveryPostingService } from './delivery-posting.service.js';
import { DeliveryReadingRepository } from './delivery-reading.repository.js';
import { DeliveryReadingService } from './delivery-reading.service.js';
import { DeliveryRepeatsService } from './delivery-repeats.service.js';
import { DeliveryReplyService } from './delivery-reply.service.js';
import { DeliveryRoundService } from './delivery-round.service.js';
import { DeliveryRunsService } from './delivery-runs.service.js';
import { DeliverySettlementService } from './delivery-settlement.service.js';
import { DeliveryTakingService } from './delivery-taking.service.js';
import { DeliveryTargetsService } from './delivery-targets.service.js';
import { DeliveryUpkeepService } from './delivery-upkeep.service.js';
import { EndpointRetirementService } from './endpoint-retirement.service.js';
import { EventDeliveriesService } from './event-deliveries.service.js';
import { LaneHolder } from './lane-holder.service.js';
import { LaneKeepingService } from './lane-keeping.service.js';
import { LaneStepsRepository } from './lane-steps.repository.js';
import { LaneWorkService } from './lane-work.service.js';
import { LanesRepository } from './lanes.repository.js';
import { Moment } from './moment.service.js';
import { OutboxRepository } from './outbox.repository.js';
import { OutboxService } from './outbox.service.js';
import { OutcomeRetellingService } from './outcome-retelling.service.js';
import { OutcomeTellingService } from './outcome-telling.service.js';
import { RedeliveryRepository } from './redelivery.repository.js';
import { RunRecordsRepository } from './run-records.repository.js';
import { SavepointsRepository } from './savepoints.repository.js';
import { SettlementsRepository } from './settlements.repository.js';
import { UnreachableLaneService } from './unreachable-lane.service.js';
import { UpkeepWork } from './upkeep-work.service.js';

/** Messages and events on their way to agents. */
@Module({
  imports: [AgentsModule, AuditLogModule, EgressModule, EventsModule, JobsModule, KeyringModule, PrismaModule],
  controllers: [AgentEndpointsController, DeliveriesController, DeliveryEndpointsController],
  providers: [
    ActivityRecordsRepository,
    AgentEndpointsService,
    AttemptRecordingService,
    CapacityRepository,
    DeliveriesService,
    DeliveryConclusionsService,
    DeliveryEndpointStore,
    DeliveryEndpointsRepository,
    DeliveryEndpointsService,
    DeliveryIds,
    DeliveryOutcomes,
    DeliveryPostingService,
    DeliveryReadingRepository,
    DeliveryReadingService,
    DeliveryRepeatsService,
    DeliveryReplyService,
    DeliveryRoundService,
    DeliveryRunsService,
    DeliverySettlementService,
    DeliveryTakingService,
    DeliveryTargetsService,
    DeliveryUpkeepService,
    EndpointRetirementService,
    EventDeliveriesService,
    LaneHolder,
    LaneKeepingService,
    LaneStepsRepository,
    LaneWorkService,
    LanesRepository,
    Moment,
    OutboxRepository,
    OutboxService,
    OutcomeRetellingService,
    OutcomeTellingService,
    RedeliveryRepository,
    RunRecordsRepository,
    SavepointsRepository,
    SettlementsRepository,
    UnreachableLaneService,
    UpkeepWork,
  ],
  exports: [DeliveriesService, DeliveryEndpointsService, DeliveryOutcomes, DeliveryRunsService],
})
export class DeliveriesModule {}
