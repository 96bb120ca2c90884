import { Injectable } from '@nestjs/common';
import { type Prisma, PrismaService } from '#prisma';

/** A run that begins: an agent has been sent a message. */
export interface BeginningRun {
  id: string;
  workspaceId: string;
  agentId: string;
  triggeredBy: string | null;
  triggerType: string;
  at: Date;
  metadata: Prisma.InputJsonObject;
}

/** How a run ended. */
export interface RunEnd {
  status: 'COMPLETED' | 'FAILED' | 'CANCELLED';
  error: string | null;
  at: Date;
}

/** Writes `agent_runs` of messages, and what the activity feed says of them. */
@Injectable()
export class RunRecordsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** Writes runs that begin. One statement. */
  async begin(runs: readonly BeginningRun[]): Promise<void> {
    const rows = runs.map((run) => ({ ...run, at: run.at.toISOString() }));
    await this.prisma.client.$executeRaw`
      INSERT INTO agent_runs (id, workspace_id, agent_id, triggered_by, trigger_type, status, tags, started_at, metadata,
        created_at)
      SELECT id, "workspaceId", "agentId", "triggeredBy", "triggerType", 'RUNNING', '{}', at, metadata, at
      FROM json_to_recordset(${JSON.stringify(rows)}::json) AS (id text, "workspaceId" text, "agentId" text,
        "triggeredBy" text, "triggerType" text, at timestamptz, metadata jsonb)`;
  }

  /** Ends an open run. False when it has ended before. */
  async end(workspaceId: string, runId: string, { status, error, at }: RunEnd): Promise<boolean> {
    const { count } = await this.prisma.client.agentRun.updateMany({
      where: { id: runId, workspaceId, status: 'RUNNING' },
      data: { status, errorMessage: error, finishedAt: at },
    });
    return count > 0;
  }

  /** Corrects how a run ended: its message arrived after all. */
  async amend(workspaceId: string, runId: string, { status, error, at }: RunEnd): Promise<void> {
    await this.prisma.client.agentRun.updateMany({
      where: { id: runId, workspaceId, status: { not: 'CANCELLED' } },
      data: { status, errorMessage: error, finishedAt: at },
    });
  }

  /** The run runs again: its message is sent again. */
  async reopen(workspaceId: string, runId: string): Promise<void> {
    await this.prisma.client.agentRun.updateMany({
      where: { id: runId, workspaceId },
      data: { status: 'RUNNING', errorMessage: null, finishedAt: null },
    });
  }

  /** How many runs are open in each workspace; those with none are left out. */
  async countOpen(workspaceIds: readonly string[]): Promise<Map<string, number>> {
    const counts = await this.prisma.client.agentRun.groupBy({
      by: ['workspaceId'],
      where: { workspaceId: { in: [...workspaceIds] }, status: 'RUNNING' },
      _count: { _all: true },
    });
    return new Map(counts.map((row) => [row.workspaceId, row._count._all]));
  }
}
