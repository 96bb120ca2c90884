import { Module } from '@nestjs/common';
import { PrismaModule } from '#prisma';
import { EgressModule } from '../egress/egress.module.js';
import { ServerAccessModule } from '../server-access/server-access.module.js';
import { ConnectionTestsController } from './connection-tests.controller.js';
import { ConnectionTestsRepository } from './connection-tests.repository.js';
import { ConnectionTestsService } from './connection-tests.service.js';

/** Connecting to servers to see whether they answer. */
@Module({
  imports: [EgressModule, PrismaModule, ServerAccessModule],
  controllers: [ConnectionTestsController],
  providers: [ConnectionTestsRepository, ConnectionTestsService],
  exports: [ConnectionTestsService],
})
export class ConnectionTestsModule {}
