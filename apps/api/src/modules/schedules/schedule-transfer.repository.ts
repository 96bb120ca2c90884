import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import { PrismaService } from '#prisma';
import type { Schedule, TransferredSchedule } from './schedules.types.js';

type Tenant = Pick<WorkspaceScope, 'workspaceId'>;

/** Schedules on their way out of a workspace and into one. */
@Injectable()
export class ScheduleTransferRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** All schedules of the workspace, oldest first. */
  async findAll({ workspaceId }: Tenant): Promise<TransferredSchedule[]> {
    const rows = await this.prisma.client.schedule.findMany({
      where: { workspaceId },
      select: {
        name: true,
        cronExpr: true,
        timezone: true,
        prompt: true,
        enabled: true,
        agent: { select: { slug: true, deletedAt: true } },
      },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    });
    return rows.map(({ cronExpr, agent, ...row }) => ({
      ...row,
      cron_expr: cronExpr,
      agent_slug: agent && agent.deletedAt === null ? agent.slug : null,
    }));
  }

  /** Ids of live agents by slug. */
  async findAgents({ workspaceId }: Tenant, slugs: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.prisma.client.agent.findMany({
      where: { workspaceId, slug: { in: [...slugs] }, deletedAt: null },
      select: { id: true, slug: true },
    });
    return new Map(rows.map(({ id, slug }) => [slug, id]));
  }

  /** The schedules of the workspace by name: who made them, and whether they run. */
  async findSources({ workspaceId }: Tenant): Promise<Map<string, { source: string }>> {
    const rows = await this.prisma.client.schedule.findMany({
      where: { workspaceId },
      select: { name: true, source: true },
    });
    return new Map(rows.map(({ name, source }) => [name, { source }]));
  }

  /** Adds rows, and brings those of the same name up to date that came from a template. One statement. */
  async upsert(rows: readonly Schedule[]): Promise<void> {
    if (rows.length === 0) return;
    await this.prisma.client.$executeRaw`
      INSERT INTO schedules AS s (id, workspace_id, agent_id, name, cron_expr, timezone, prompt, enabled, source,
        next_run_at, created_at, updated_at)
      SELECT id, "workspaceId", "agentId", name, "cronExpr", timezone, prompt, enabled, source, "nextRunAt", "createdAt",
        "updatedAt"
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS u(
        "id" text, "workspaceId" text, "agentId" text, "name" text, "cronExpr" text, "timezone" text, "prompt" text,
        "enabled" boolean, "source" text, "nextRunAt" timestamptz, "createdAt" timestamptz, "updatedAt" timestamptz)
      ON CONFLICT (workspace_id, name) DO UPDATE SET
        agent_id = EXCLUDED.agent_id, cron_expr = EXCLUDED.cron_expr, timezone = EXCLUDED.timezone,
        prompt = EXCLUDED.prompt, enabled = EXCLUDED.enabled, next_run_at = EXCLUDED.next_run_at, recheck_at = NULL,
        busy_checks = 0, updated_at = EXCLUDED.updated_at
      WHERE s.source = 'template'`;
  }
}
