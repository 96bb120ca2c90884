import { Injectable } from '@nestjs/common';
import { Clock } from '#kernel';
import { PrismaService } from '#prisma';
import { JobAlarms } from './job-alarms.js';
import type { Job, JobOptions } from './jobs.types.js';

/** Jobs to be done later, by whichever replica. What is added in a transaction exists when that is committed. */
@Injectable()
export class JobQueue {
  constructor(
    private readonly prisma: PrismaService,
    private readonly clock: Clock,
    private readonly alarms: JobAlarms,
  ) {}

  /** Adds one job. */
  async add(task: string, payload: Job['payload'], options: JobOptions = {}): Promise<void> {
    await this.addAll([{ task, payload, ...options }]);
  }

  /** Adds jobs with one statement. Of several with one key the last one counts. */
  async addAll(jobs: readonly Job[]): Promise<void> {
    if (jobs.length === 0) return;
    const unique = new Map(jobs.map((job, index) => [job.key ?? index, job]));
    // In one order, so that two transactions with the same keys never wait for each other in a circle.
    const specs = [...unique.values()].sort((one, other) => ((one.key ?? '') < (other.key ?? '') ? -1 : 1));
    const now = this.clock.now();
    const text = JSON.stringify(specs.map((job) => toSpec(job, now)));
    await this.prisma.client.$executeRaw`
      SELECT graphile_worker.add_jobs(ARRAY(
        SELECT json_populate_record(NULL::graphile_worker.job_spec, spec)
        FROM json_array_elements(${text}::json) AS spec))`;
    for (const { runAt } of specs) if (runAt) this.expect(runAt);
  }

  /** A statement of the caller has added a job itself, which is due at the moment: it is looked for then. */
  expect(runAt: Date): void {
    this.alarms.expect(runAt);
  }
}

function toSpec({ task, payload, key, runAt, queue }: Job, now: Date) {
  return {
    identifier: task,
    payload,
    job_key: key ?? null,
    run_at: (runAt ?? now).toISOString(),
    queue_name: queue ?? null,
  };
}
