import { Injectable } from '@nestjs/common';
import type { Page, PageRequest, WorkspaceScope } from '#kernel';
import { type Prisma, PrismaService } from '#prisma';
import { type MemoryScope, memoryScopes, type WorkspaceMemory } from './workspace-memories.types.js';

const columns = {
  id: true,
  content: true,
  scope: true,
  namespace: true,
  createdAt: true,
  updatedAt: true,
} satisfies Prisma.WorkspaceMemorySelect;

type Tenant = Pick<WorkspaceScope, 'workspaceId'>;

/** Which memories a list is asked for. */
export interface MemoryFilter {
  scope?: MemoryScope | undefined;
  namespace?: string | undefined;
}

/** The rows of `workspace_memories`. */
@Injectable()
export class WorkspaceMemoriesRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** One page, newest first, ties broken by id. */
  async findMany(tenant: Tenant, filter: MemoryFilter, page: PageRequest): Promise<Page<WorkspaceMemory>> {
    const where = {
      workspaceId: tenant.workspaceId,
      ...(filter.scope && { scope: filter.scope }),
      ...(filter.namespace && { namespace: filter.namespace }),
    };
    const rows = await this.prisma.client.workspaceMemory.findMany({
      where,
      select: columns,
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: page.limit,
      skip: page.offset,
    });
    return { items: rows.map(toDomain), total: await this.prisma.client.workspaceMemory.count({ where }) };
  }

  /** Every memory, oldest first: at most `most`. */
  async findAll({ workspaceId }: Tenant, most: number): Promise<WorkspaceMemory[]> {
    const rows = await this.prisma.client.workspaceMemory.findMany({
      where: { workspaceId },
      select: columns,
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      take: most,
    });
    return rows.map(toDomain);
  }

  /** How many there are, with the workspace locked so that nobody adds one meanwhile. */
  async countAndHold({ workspaceId }: Tenant): Promise<number> {
    await this.prisma.client.$queryRaw`SELECT id FROM workspaces WHERE id = ${workspaceId} FOR NO KEY UPDATE`;
    return this.prisma.client.workspaceMemory.count({ where: { workspaceId } });
  }

  /** Adds memories of any workspaces. One statement. */
  async insertAll(rows: readonly (WorkspaceMemory & Tenant)[]): Promise<void> {
    await this.prisma.client.workspaceMemory.createMany({ data: [...rows] });
  }

  /** Removes one. False when the workspace has none of that id. */
  async remove({ workspaceId }: Tenant, id: string): Promise<boolean> {
    const { count } = await this.prisma.client.workspaceMemory.deleteMany({ where: { id, workspaceId } });
    return count > 0;
  }
}

function toDomain({ scope, ...row }: WorkspaceMemory | (Omit<WorkspaceMemory, 'scope'> & { scope: string })) {
  return { ...row, scope: memoryScopes.find((known) => known === scope) ?? 'LOCAL' };
}
