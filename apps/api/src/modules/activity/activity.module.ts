import { Module } from '@nestjs/common';
import { PrismaModule } from '#prisma';
import { ActivityController } from './activity.controller.js';
import { ActivityRepository } from './activity.repository.js';
import { ActivityService } from './activity.service.js';

/** Reading the activity feed. */
@Module({
  imports: [PrismaModule],
  controllers: [ActivityController],
  providers: [ActivityRepository, ActivityService],
})
export class ActivityModule {}
