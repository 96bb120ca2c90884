import { Injectable } from '@nestjs/common';
import type { Page, PageRequest, WorkspaceScope } from '#kernel';
import { Prisma, PrismaService } from '#prisma';
import { type ToolCall, type ToolCallFilter, toolCallStatuses } from './tool-calls.types.js';

const columns = {
  id: true,
  workspaceId: true,
  crewId: true,
  agentId: true,
  mcpServerId: true,
  mcpServerScope: true,
  toolName: true,
  inputHash: true,
  status: true,
  durationMs: true,
  errorMessage: true,
  createdAt: true,
} satisfies Prisma.ToolCallSelect;

type Row = Prisma.ToolCallGetPayload<{ select: typeof columns }>;

/** The rows that a report names. */
export type Mentioned = Pick<ToolCall, 'workspaceId' | 'agentId' | 'crewId' | 'mcpServerId' | 'mcpServerScope'>;

/** What of them is there; of an agent that is not, nothing is known. */
export interface FoundMentioned {
  /** Live crew of the agent. */
  agentCrewId: string | null;
  crewExists: boolean;
  serverExists: boolean;
}

/** The rows of `tool_calls`. */
@Injectable()
export class ToolCallsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** One page of the workspace's calls, newest first, ties broken by id. */
  async findMany(scope: WorkspaceScope, filter: ToolCallFilter, page: PageRequest): Promise<Page<ToolCall>> {
    const where: Prisma.ToolCallWhereInput = {
      workspaceId: scope.workspaceId,
      ...(filter.agentId && { agentId: filter.agentId }),
      ...(filter.serverId && { mcpServerId: filter.serverId }),
      ...(filter.status && { status: filter.status }),
      ...((filter.since || filter.until) && { createdAt: { gte: filter.since, lte: filter.until } }),
    };
    const rows = await this.prisma.client.toolCall.findMany({
      where,
      select: columns,
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: page.limit,
      skip: page.offset,
    });
    const total = await this.prisma.client.toolCall.count({ where });
    return { items: rows.map(toDomain), total };
  }

  /** What of a report is there: the live agent with its crew, the crew, the server at its level. One statement. */
  async findMentioned(report: Mentioned): Promise<FoundMentioned | null> {
    const { workspaceId, agentId, crewId, mcpServerId, mcpServerScope } = report;
    const [found] = await this.prisma.rows<FoundMentioned>(Prisma.sql`
      SELECT own.id AS "agentCrewId",
        EXISTS (SELECT 1 FROM crews c WHERE c.id = ${crewId}::text AND c.workspace_id = a.workspace_id AND c.deleted_at IS NULL)
          AS "crewExists",
        CASE ${mcpServerScope}::text
          WHEN 'crew' THEN EXISTS (
            SELECT 1 FROM crew_integrations s WHERE s.id = ${mcpServerId}::text AND s.workspace_id = a.workspace_id)
          ELSE EXISTS (
            SELECT 1 FROM workspace_integrations s WHERE s.id = ${mcpServerId}::text AND s.workspace_id = a.workspace_id)
        END AS "serverExists"
      FROM agents a
      JOIN workspaces w ON w.id = a.workspace_id AND w.deleted_at IS NULL
      LEFT JOIN crews own ON own.id = a.crew_id AND own.deleted_at IS NULL
      WHERE a.id = ${agentId}::text AND a.workspace_id = ${workspaceId}::text AND a.deleted_at IS NULL`);
    return found ?? null;
  }

  /** Writes a call. */
  async insert(call: ToolCall): Promise<void> {
    await this.prisma.client.toolCall.create({ data: call, select: { id: true } });
  }
}

function toDomain(row: Row): ToolCall {
  return {
    ...row,
    status: toolCallStatuses.find((status) => status === row.status) ?? 'error',
    mcpServerScope: row.mcpServerScope === 'crew' ? 'crew' : 'workspace',
  };
}
