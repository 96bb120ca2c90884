import { Injectable } from '@nestjs/common';
import type { Page, PageRequest, WorkspaceScope } from '#kernel';
import { type Prisma, PrismaService } from '#prisma';
import { type Run, type RunAgent, type RunFilter, type RunStats, runStatuses } from './runs.types.js';

const columns = {
  id: true,
  workspaceId: true,
  agentId: true,
  chatId: true,
  triggeredBy: true,
  triggerType: true,
  status: true,
  tags: true,
  startedAt: true,
  finishedAt: true,
  errorMessage: true,
  exitCode: true,
  metadata: true,
  createdAt: true,
} satisfies Prisma.AgentRunSelect;

type Row = Prisma.AgentRunGetPayload<{ select: typeof columns }>;

/** The rows of `agent_runs`. A run outlives its agent, so agents are read beside it. */
@Injectable()
export class RunsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** One page of the workspace's runs, newest first, ties broken by id. Three queries, however many there are. */
  async findMany(scope: WorkspaceScope, filter: RunFilter, page: PageRequest): Promise<Page<Run>> {
    const where: Prisma.AgentRunWhereInput = {
      workspaceId: scope.workspaceId,
      ...(filter.status && { status: filter.status }),
      ...(filter.agentId && { agentId: filter.agentId }),
      ...(filter.trigger && { triggerType: filter.trigger }),
      ...(filter.tag && { tags: { has: filter.tag } }),
    };
    const rows = await this.prisma.client.agentRun.findMany({
      where,
      select: columns,
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: page.limit,
      skip: page.offset,
    });
    const total = await this.prisma.client.agentRun.count({ where });
    return { items: await this.#withAgents(scope, rows), total };
  }

  /** One run of the scope's workspace. */
  async findById(scope: WorkspaceScope, id: string): Promise<Run | null> {
    const row = await this.prisma.client.agentRun.findFirst({
      where: { id, workspaceId: scope.workspaceId },
      select: columns,
    });
    if (!row) return null;
    const [run] = await this.#withAgents(scope, [row]);
    return run ?? null;
  }

  /** How the workspace's runs stand; `midnight` is the beginning of the day. */
  async stats(scope: WorkspaceScope, midnight: Date): Promise<RunStats> {
    const [stats] = await this.prisma.client.$queryRaw<RunStats[]>`
      SELECT (count(*) FILTER (WHERE status = 'RUNNING'))::int AS running,
             (count(*) FILTER (WHERE created_at >= ${midnight}))::int AS today,
             (count(*) FILTER (WHERE status = 'FAILED'))::int AS failed
      FROM agent_runs WHERE workspace_id = ${scope.workspaceId}`;
    return stats ?? { running: 0, today: 0, failed: 0 };
  }

  async #withAgents(scope: WorkspaceScope, rows: readonly Row[]): Promise<Run[]> {
    const ids = [...new Set(rows.map((row) => row.agentId))];
    const found = await this.prisma.client.agent.findMany({
      where: { id: { in: ids }, workspaceId: scope.workspaceId },
      select: { id: true, name: true, slug: true, crew: { select: { name: true } } },
    });
    const agents = new Map<string, RunAgent>(
      found.map(({ id, name, slug, crew }) => [id, { name, slug, crewName: crew?.name ?? null }]),
    );
    return rows.map((row) => ({
      ...row,
      status: runStatuses.find((status) => status === row.status) ?? 'FAILED',
      agent: agents.get(row.agentId) ?? null,
    }));
  }
}
