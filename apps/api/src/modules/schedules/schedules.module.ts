import { Module } from '@nestjs/common';
import { AuditLogModule } from '#audit-log';
import { PrismaModule } from '#prisma';
import { DeliveriesModule } from '../deliveries/deliveries.module.js';
import { EventsModule } from '../events/events.module.js';
import { AdminSchedulesController } from './admin-schedules.controller.js';
import { DueSchedulesRepository } from './due-schedules.repository.js';
import { DueSchedulesService } from './due-schedules.service.js';
import { RunOutcomesRepository } from './run-outcomes.repository.js';
import { RunScheduleService } from './run-schedule.service.js';
import { ScheduleChangesService } from './schedule-changes.service.js';
import { ScheduleConversations } from './schedule-conversations.service.js';
import { ScheduleFiringService } from './schedule-firing.service.js';
import { ScheduleHealthRepository } from './schedule-health.repository.js';
import { ScheduleHealthService } from './schedule-health.service.js';
import { ScheduleOutcomesService } from './schedule-outcomes.service.js';
import { SchedulePlans } from './schedule-plans.service.js';
import { ScheduleRunSweepService } from './schedule-run-sweep.service.js';
import { ScheduleRunsController } from './schedule-runs.controller.js';
import { ScheduleRunsRepository } from './schedule-runs.repository.js';
import { ScheduleSkipsService } from './schedule-skips.service.js';
import { ScheduleTickerService } from './schedule-ticker.service.js';
import { ScheduleTransferRepository } from './schedule-transfer.repository.js';
import { ScheduleTransferService } from './schedule-transfer.service.js';
import { ScheduleTriggersService } from './schedule-triggers.service.js';
import { SchedulesController } from './schedules.controller.js';
import { SchedulesRepository } from './schedules.repository.js';
import { SchedulesService } from './schedules.service.js';

/** Prompts that are sent to agents again and again. */
@Module({
  imports: [AuditLogModule, DeliveriesModule, EventsModule, PrismaModule],
  // The controller with the fixed path `health` goes before the one with a parameter in its place.
  controllers: [ScheduleRunsController, SchedulesController, AdminSchedulesController],
  providers: [
    DueSchedulesRepository,
    DueSchedulesService,
    RunOutcomesRepository,
    RunScheduleService,
    ScheduleChangesService,
    ScheduleConversations,
    ScheduleFiringService,
    ScheduleHealthRepository,
    ScheduleHealthService,
    ScheduleOutcomesService,
    SchedulePlans,
    ScheduleRunSweepService,
    ScheduleRunsRepository,
    ScheduleSkipsService,
    ScheduleTickerService,
    ScheduleTransferRepository,
    ScheduleTransferService,
    ScheduleTriggersService,
    SchedulesRepository,
    SchedulesService,
  ],
  exports: [ScheduleConversations, ScheduleTransferService, ScheduleTriggersService],
})
export class SchedulesModule {}
