import { Injectable } from '@nestjs/common';
import { PrismaService } from '#prisma';

/** Which processes run jobs, and how the dead are told from the living: by rows, judged by the database's clock. */
@Injectable()
export class WorkerHeartbeatsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** Says that the worker lives. */
  async beat(workerId: string): Promise<void> {
    await this.prisma.client.$executeRaw`
      INSERT INTO job_workers (id, seen_at) VALUES (${workerId}, clock_timestamp())
      ON CONFLICT (id) DO UPDATE SET seen_at = EXCLUDED.seen_at`;
  }

  /** The worker has ended in order, and holds nothing. */
  async remove(workerId: string): Promise<void> {
    await this.prisma.client.$executeRaw`DELETE FROM job_workers WHERE id = ${workerId}`;
  }

  /** Gives away what workers hold that nobody has seen for so long. Answers how many those were. */
  async unlockDead(afterMs: number): Promise<number> {
    const dead = await this.prisma.client.$queryRaw<{ id: string }[]>`
      SELECT DISTINCT locked_by AS id FROM graphile_worker.jobs
      WHERE locked_at < clock_timestamp() - ${afterMs} * interval '1 millisecond'
        AND NOT EXISTS (SELECT FROM job_workers w WHERE w.id = locked_by
          AND w.seen_at >= clock_timestamp() - ${afterMs} * interval '1 millisecond')`;
    if (dead.length > 0) {
      const ids = dead.map((worker) => worker.id);
      await this.prisma.client.$executeRaw`SELECT graphile_worker.force_unlock_workers(${ids}::text[])`;
    }
    await this.prisma.client.$executeRaw`
      DELETE FROM job_workers WHERE seen_at < clock_timestamp() - ${afterMs} * interval '10 milliseconds'`;
    return dead.length;
  }

  /** Makes due at once what is due by the given clock, if not by the machine's. */
  async hasten(now: Date): Promise<void> {
    // Whoever holds a row is at it already; waiting for rows in no order would end in a deadlock.
    await this.prisma.client.$executeRaw`
      WITH ahead AS MATERIALIZED (
        SELECT id FROM graphile_worker._private_jobs
        WHERE locked_by IS NULL AND run_at > clock_timestamp() AND run_at <= ${now}
        ORDER BY id FOR UPDATE SKIP LOCKED
      ) SELECT graphile_worker.reschedule_jobs(array_agg(id), run_at := '2000-01-01') FROM ahead HAVING count(*) > 0`;
  }
}
