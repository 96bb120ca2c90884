import { Injectable } from '@nestjs/common';
import type { Page, PageRequest, WorkspaceScope } from '#kernel';
import { isUniqueViolation, type Prisma, PrismaService } from '#prisma';
import { crewErrors } from './crews.errors.js';

const columns = {
  id: true,
  crewId: true,
  userId: true,
  role: true,
  createdAt: true,
  user: { select: { id: true, email: true, fullName: true, avatarUrl: true } },
} satisfies Prisma.CrewMemberSelect;

/** A membership with its person. */
export type CrewMemberRow = Prisma.CrewMemberGetPayload<{ select: typeof columns }>;

/** The rows of `crew_members`. */
@Injectable()
export class CrewMembersRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** One page, oldest first, ties broken by id. */
  async findMany(scope: WorkspaceScope, crewId: string, page: PageRequest): Promise<Page<CrewMemberRow>> {
    const where = { crewId, crew: { workspaceId: scope.workspaceId } };
    const items = await this.prisma.client.crewMember.findMany({
      where,
      select: columns,
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      take: page.limit,
      skip: page.offset,
    });
    return { items, total: await this.prisma.client.crewMember.count({ where }) };
  }

  /** One membership of a crew of the scope's workspace. */
  findById(scope: WorkspaceScope, crewId: string, id: string): Promise<CrewMemberRow | null> {
    return this.prisma.client.crewMember.findFirst({
      where: { id, crewId, crew: { workspaceId: scope.workspaceId } },
      select: columns,
    });
  }

  /** Keeps a member of the workspace from being removed until the transaction ends. False when there is none. */
  async holdWorkspaceMember(scope: WorkspaceScope, userId: string): Promise<boolean> {
    const rows = await this.prisma.client.$queryRaw<unknown[]>`
      SELECT id FROM workspace_members WHERE workspace_id = ${scope.workspaceId} AND user_id = ${userId} FOR SHARE`;
    return rows.length > 0;
  }

  /** @throws AppError `crew.already_member`. */
  async insert(row: {
    id: string;
    crewId: string;
    userId: string;
    role: string | null;
    createdAt: Date;
  }): Promise<void> {
    try {
      await this.prisma.client.crewMember.create({ data: row, select: { id: true } });
    } catch (cause) {
      throw isUniqueViolation(cause) ? crewErrors.alreadyMember({ cause }) : cause;
    }
  }

  /** False when there was no such membership. */
  async remove(scope: WorkspaceScope, crewId: string, id: string): Promise<boolean> {
    const where = { id, crewId, crew: { workspaceId: scope.workspaceId } };
    return (await this.prisma.client.crewMember.deleteMany({ where })).count > 0;
  }
}
