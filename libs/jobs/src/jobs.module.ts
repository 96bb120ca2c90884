import { Module } from '@nestjs/common';
import { PrismaModule } from '#prisma';
import { JobAlarms } from './job-alarms.js';
import { JobHandlers } from './job-handlers.js';
import { JobQueue } from './job-queue.js';
import { JobRunner } from './job-runner.js';
import { WorkerHeartbeatsRepository } from './worker-heartbeats.repository.js';

/** The job engine: adding jobs, doing them, and running them in this process. */
@Module({
  imports: [PrismaModule],
  providers: [JobAlarms, JobHandlers, JobQueue, JobRunner, WorkerHeartbeatsRepository],
  exports: [JobHandlers, JobQueue, JobRunner],
})
export class JobsModule {}
