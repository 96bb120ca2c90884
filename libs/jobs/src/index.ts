export { JobHandlers } from './job-handlers.js';
export { JobQueue } from './job-queue.js';
export { JobRunner } from './job-runner.js';
export { JobsModule } from './jobs.module.js';
export type { Job, JobContext, JobHandler, JobOptions } from './jobs.types.js';
