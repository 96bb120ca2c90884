import { Module } from '@nestjs/common';
import { PrismaModule } from '#prisma';
import { HealthController } from './health.controller.js';
import { HealthService } from './health.service.js';
import { SystemController } from './system.controller.js';
import { SystemRepository } from './system.repository.js';
import { SystemService } from './system.service.js';

/** Health and facts of this instance. */
@Module({
  imports: [PrismaModule],
  controllers: [HealthController, SystemController],
  providers: [HealthService, SystemRepository, SystemService],
})
export class SystemModule {}
