import { Module } from '@nestjs/common';
import { AuditLogModule } from '#audit-log';
import { PrismaModule } from '#prisma';
import { DeliveriesModule } from '../deliveries/deliveries.module.js';
import { RunActionsService } from './run-actions.service.js';
import { RunsController } from './runs.controller.js';
import { RunsRepository } from './runs.repository.js';
import { RunsService } from './runs.service.js';

/** Runs: reading them, and ending and repeating those of messages. */
@Module({
  imports: [AuditLogModule, DeliveriesModule, PrismaModule],
  controllers: [RunsController],
  providers: [RunActionsService, RunsRepository, RunsService],
})
export class RunsModule {}
