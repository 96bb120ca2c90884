import { Injectable } from '@nestjs/common';
import { PrismaService } from '#prisma';
import type { Verdict } from './run-outcome-rules.js';

/** The run that an answer or a failure belongs to, with what is needed of its schedule. */
export interface RunToSettle {
  scheduleId: string;
  scheduleName: string;
  startedAt: Date;
  emptyRuns: number;
}

/** What is written at the end of a run. */
export interface RunEnd {
  verdict: Verdict;
  finishedAt: Date;
  excerpt: string | null;
}

/** Writes how runs ended. */
@Injectable()
export class RunOutcomesRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** The run, whose schedule nobody else writes before the transaction ends. Null when it is gone. */
  async findAndHold(workspaceId: string, runId: string): Promise<RunToSettle | null> {
    const [run] = await this.prisma.client.$queryRaw<RunToSettle[]>`
      SELECT s.id AS "scheduleId", s.name AS "scheduleName", r.started_at AS "startedAt",
             s.consecutive_empty_runs AS "emptyRuns"
      FROM schedule_runs r JOIN schedules s ON s.id = r.schedule_id
      WHERE r.id = ${runId} AND r.workspace_id = ${workspaceId} FOR UPDATE OF s, r`;
    return run ?? null;
  }

  /** Ends a run, and says so on its schedule unless a later run has begun. */
  async end(runId: string, run: RunToSettle, { verdict, finishedAt, excerpt }: RunEnd): Promise<void> {
    const { status, error, emptyRuns } = verdict;
    const durationMs = Math.max(0, finishedAt.getTime() - run.startedAt.getTime());
    await this.prisma.client.scheduleRun.updateMany({
      where: { id: runId },
      data: {
        status,
        errorDetail: error,
        finishedAt,
        durationMs,
        ...(excerpt !== null && { responseExcerpt: excerpt }),
      },
    });
    await this.prisma.client.$executeRaw`
      UPDATE schedules SET consecutive_empty_runs = ${emptyRuns}, updated_at = ${finishedAt},
        last_status = CASE WHEN last_run_at <= ${run.startedAt} THEN ${status} ELSE last_status END,
        last_error = CASE WHEN last_run_at <= ${run.startedAt} THEN ${error} ELSE last_error END
      WHERE id = ${run.scheduleId}`;
  }
}
