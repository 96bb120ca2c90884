import { Injectable } from '@nestjs/common';
import type { Page, PageRequest, WorkspaceScope } from '#kernel';
import { isUniqueViolation, type Prisma, PrismaService } from '#prisma';
import { integrationErrors } from './workspace-integrations.errors.js';
import type { CountedWorkspaceIntegration, WorkspaceIntegration } from './workspace-integrations.types.js';

const columns = {
  id: true,
  workspaceId: true,
  name: true,
  displayName: true,
  transport: true,
  endpoint: true,
  command: true,
  argsJson: true,
  envJson: true,
  configJson: true,
  icon: true,
  enabled: true,
  locked: true,
  visibility: true,
  createdAt: true,
  updatedAt: true,
} satisfies Prisma.WorkspaceIntegrationSelect;

const countedColumns = {
  ...columns,
  _count: { select: { agentBindings: { where: { agent: { deletedAt: null } } }, crewRows: true } },
} satisfies Prisma.WorkspaceIntegrationSelect;

type CountedRow = Prisma.WorkspaceIntegrationGetPayload<{ select: typeof countedColumns }>;

/** What a new row is made of. */
export type NewWorkspaceIntegration = WorkspaceIntegration & { sealedLiterals: string | null };

/** What a change writes; members that are undefined stay. */
export type WorkspaceIntegrationChange = Partial<
  Omit<NewWorkspaceIntegration, 'id' | 'workspaceId' | 'name' | 'createdAt'>
> & { updatedAt: Date };

/** The rows of `workspace_integrations`. */
@Injectable()
export class WorkspaceIntegrationsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** One page, newest first, ties broken by id. */
  async findMany(scope: WorkspaceScope, page: PageRequest): Promise<Page<CountedWorkspaceIntegration>> {
    const where = { workspaceId: scope.workspaceId };
    const rows = await this.prisma.client.workspaceIntegration.findMany({
      where,
      select: countedColumns,
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: page.limit,
      skip: page.offset,
    });
    const total = await this.prisma.client.workspaceIntegration.count({ where });
    return { items: rows.map(toDomain), total };
  }

  /** One row of the scope's workspace. */
  async findById(scope: WorkspaceScope, id: string): Promise<CountedWorkspaceIntegration | null> {
    const row = await this.prisma.client.workspaceIntegration.findFirst({
      where: { id, workspaceId: scope.workspaceId },
      select: countedColumns,
    });
    return row && toDomain(row);
  }

  /** Keeps everybody else from changing or removing the row before the transaction ends. */
  async hold(scope: WorkspaceScope, id: string): Promise<void> {
    await this.prisma.client.$queryRaw`
      SELECT 1 FROM "workspace_integrations" WHERE "id" = ${id} AND "workspace_id" = ${scope.workspaceId} FOR UPDATE`;
  }

  /** The row's sealed literals, for the one who writes them anew. */
  async findSealedLiterals(scope: WorkspaceScope, id: string): Promise<string | null> {
    const row = await this.prisma.client.workspaceIntegration.findFirst({
      where: { id, workspaceId: scope.workspaceId },
      select: { sealedLiterals: true },
    });
    return row?.sealedLiterals ?? null;
  }

  /** @throws AppError `integration.name_taken` when the workspace has the name. */
  async insert(scope: WorkspaceScope, row: NewWorkspaceIntegration): Promise<void> {
    try {
      await this.prisma.client.workspaceIntegration.create({
        data: { ...row, workspaceId: scope.workspaceId },
        select: { id: true },
      });
    } catch (cause) {
      throw isUniqueViolation(cause) ? integrationErrors.nameTaken({ cause }) : cause;
    }
  }

  /** Writes a change. False when there is no such row in the workspace. */
  async update(scope: WorkspaceScope, id: string, change: WorkspaceIntegrationChange): Promise<boolean> {
    const { count } = await this.prisma.client.workspaceIntegration.updateMany({
      where: { id, workspaceId: scope.workspaceId },
      data: change,
    });
    return count > 0;
  }

  /** Removes the row; linked crew rows, bindings and tool rows go with it by foreign key. False when it was not there. */
  async remove(scope: WorkspaceScope, id: string): Promise<boolean> {
    const { count } = await this.prisma.client.workspaceIntegration.deleteMany({
      where: { id, workspaceId: scope.workspaceId },
    });
    return count > 0;
  }
}

function toDomain({ _count, ...row }: CountedRow): CountedWorkspaceIntegration {
  return {
    ...row,
    transport: row.transport === 'stdio' ? 'stdio' : 'streamable-http',
    visibility: row.visibility === 'everyone' || row.visibility === 'bound' ? row.visibility : 'auto',
    agentBindingCount: _count.agentBindings,
    crewServerCount: _count.crewRows,
  };
}
