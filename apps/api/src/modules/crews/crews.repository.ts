import { Injectable } from '@nestjs/common';
import type { Page, PageRequest, WorkspaceScope } from '#kernel';
import { isUniqueViolation, type Prisma, PrismaService } from '#prisma';
import { crewErrors } from './crews.errors.js';
import type { CountedCrew, Crew } from './crews.types.js';

const columns = {
  id: true,
  workspaceId: true,
  name: true,
  slug: true,
  description: true,
  color: true,
  icon: true,
  avatarStyle: true,
  containerMemoryMb: true,
  containerCpus: true,
  containerTtlHours: true,
  networkMode: true,
  allowedDomains: true,
  allowPrivateEndpoints: true,
  mcpConfigJson: true,
  escalationConfig: true,
  runtimeImage: true,
  devcontainerConfig: true,
  miseConfig: true,
  servicesJson: true,
  issuePrefix: true,
  maxEphemeralAgents: true,
  createdAt: true,
  updatedAt: true,
  _count: { select: { agents: { where: { deletedAt: null } }, members: true } },
} satisfies Prisma.CrewSelect;

type Row = Prisma.CrewGetPayload<{ select: typeof columns }>;

/** What a change writes; members that are undefined stay. */
export type CrewChange = Partial<Omit<Crew, 'id' | 'workspaceId' | 'createdAt'>> & { updatedAt: Date };

/** The rows of `crews`. */
@Injectable()
export class CrewsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** One page, newest first, ties broken by id. */
  async findMany(scope: WorkspaceScope, page: PageRequest): Promise<Page<CountedCrew>> {
    const where = { workspaceId: scope.workspaceId, deletedAt: null };
    const rows = await this.prisma.client.crew.findMany({
      where,
      select: columns,
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: page.limit,
      skip: page.offset,
    });
    return { items: rows.map(toDomain), total: await this.prisma.client.crew.count({ where }) };
  }

  /** One live row of the scope's workspace. */
  async findById(scope: WorkspaceScope, id: string): Promise<CountedCrew | null> {
    const row = await this.prisma.client.crew.findFirst({
      where: { id, workspaceId: scope.workspaceId, deletedAt: null },
      select: columns,
    });
    return row && toDomain(row);
  }

  /** Keeps a live crew from being deleted until the transaction ends. False when there is none. */
  async hold(scope: WorkspaceScope, id: string): Promise<boolean> {
    const rows = await this.prisma.client.$queryRaw<unknown[]>`
      SELECT id FROM crews WHERE id = ${id} AND workspace_id = ${scope.workspaceId} AND deleted_at IS NULL
      FOR SHARE`;
    return rows.length > 0;
  }

  /** Waits until nobody else changes or uses the crew, and lets nobody until the transaction ends. False when there is none. */
  async lock(scope: WorkspaceScope, id: string): Promise<boolean> {
    const rows = await this.prisma.client.$queryRaw<unknown[]>`
      SELECT id FROM crews WHERE id = ${id} AND workspace_id = ${scope.workspaceId} AND deleted_at IS NULL
      FOR NO KEY UPDATE`;
    return rows.length > 0;
  }

  /** @throws AppError `crew.slug_taken` when a live crew of the workspace has the slug. */
  async insert(row: Crew): Promise<void> {
    await translated(() => this.prisma.client.crew.create({ data: row, select: { id: true } }));
  }

  /** The same for several rows in one statement. @throws AppError as {@link insert}. */
  async insertAll(rows: readonly Crew[]): Promise<void> {
    await translated(() => this.prisma.client.crew.createMany({ data: [...rows] }));
  }

  /** Writes a change. False when there is no such live row. @throws AppError as {@link insert}. */
  async update(scope: WorkspaceScope, id: string, change: CrewChange): Promise<boolean> {
    const where = { id, workspaceId: scope.workspaceId, deletedAt: null };
    const { count } = await translated(() => this.prisma.client.crew.updateMany({ where, data: change }));
    return count > 0;
  }
}

async function translated<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (cause) {
    throw isUniqueViolation(cause, 'crews_live_slug_key') ? crewErrors.slugTaken({ cause }) : cause;
  }
}

function toDomain({ _count, ...row }: Row): CountedCrew {
  return { ...row, agentCount: _count.agents, memberCount: _count.members };
}
