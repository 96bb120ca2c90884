import { Injectable } from '@nestjs/common';
import type { Page, PageRequest, WorkspaceScope } from '#kernel';
import { type Prisma, PrismaService } from '#prisma';
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

  /** Whether a live agent of a live workspace has this id. */
  async agentExists(workspaceId: string, agentId: string): Promise<boolean> {
    const where = { id: agentId, workspaceId, deletedAt: null, workspace: { deletedAt: null } };
    return (await this.prisma.client.agent.count({ where })) > 0;
  }

  /** Whether a live crew of the workspace has this id. */
  async crewExists(workspaceId: string, crewId: string): Promise<boolean> {
    return (await this.prisma.client.crew.count({ where: { id: crewId, workspaceId, deletedAt: null } })) > 0;
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
