import { Injectable } from '@nestjs/common';
import type { Page, PageRequest, WorkspaceRole, WorkspaceScope } from '#kernel';
import { isUniqueViolation, type Prisma, PrismaService } from '#prisma';
import { roleOf } from '../workspace-role.js';
import { memberErrors } from './members.errors.js';
import type { Member, MemberWithUser } from './members.types.js';

const columns = {
  id: true,
  workspaceId: true,
  userId: true,
  role: true,
  createdAt: true,
  updatedAt: true,
  user: { select: { id: true, email: true, fullName: true, avatarUrl: true } },
} satisfies Prisma.WorkspaceMemberSelect;

type Row = Prisma.WorkspaceMemberGetPayload<{ select: typeof columns }>;

/** The rows of `workspace_members`. */
@Injectable()
export class MembersRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** One page, oldest first, ties broken by id. */
  async findMany(scope: WorkspaceScope, page: PageRequest): Promise<Page<MemberWithUser>> {
    const where = { workspaceId: scope.workspaceId };
    const rows = await this.prisma.client.workspaceMember.findMany({
      where,
      select: columns,
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      take: page.limit,
      skip: page.offset,
    });
    const total = await this.prisma.client.workspaceMember.count({ where });
    return { items: rows.map(toDomain), total };
  }

  /** One membership of the scope's workspace. */
  async findById(scope: WorkspaceScope, id: string): Promise<MemberWithUser | null> {
    const row = await this.prisma.client.workspaceMember.findFirst({
      where: { id, workspaceId: scope.workspaceId },
      select: columns,
    });
    return row && toDomain(row);
  }

  /** The membership of a user. */
  async findByUser(workspaceId: string, userId: string): Promise<MemberWithUser | null> {
    const row = await this.prisma.client.workspaceMember.findFirst({ where: { workspaceId, userId }, select: columns });
    return row && toDomain(row);
  }

  /** Whether a member of the scope's workspace has this address. */
  async existsByEmail(scope: WorkspaceScope, email: string): Promise<boolean> {
    const where = { workspaceId: scope.workspaceId, user: { email } };
    return (await this.prisma.client.workspaceMember.count({ where })) > 0;
  }

  /** Email of a user of the instance, null when there is no such user. */
  async findEmailOfUser(userId: string): Promise<string | null> {
    const user = await this.prisma.client.user.findUnique({ where: { id: userId }, select: { email: true } });
    return user?.email ?? null;
  }

  /** @throws AppError `member.exists`. */
  async insert(member: Member): Promise<void> {
    try {
      await this.prisma.client.workspaceMember.create({ data: member, select: { id: true } });
    } catch (cause) {
      throw isUniqueViolation(cause) ? memberErrors.exists({ cause }) : cause;
    }
  }

  /** How many owners the workspace has. */
  countOwners(scope: WorkspaceScope): Promise<number> {
    return this.prisma.client.workspaceMember.count({ where: { workspaceId: scope.workspaceId, role: 'OWNER' } });
  }

  /** Writes a role. */
  async updateRole(scope: WorkspaceScope, id: string, role: WorkspaceRole, now: Date): Promise<void> {
    await this.prisma.client.workspaceMember.updateMany({
      where: { id, workspaceId: scope.workspaceId },
      data: { role, updatedAt: now },
    });
  }

  /** Removes a member, and their place in the workspace's crews; answers how many crews that were. */
  async remove(scope: WorkspaceScope, member: Member): Promise<number> {
    const { workspaceId } = scope;
    const { count } = await this.prisma.client.crewMember.deleteMany({
      where: { userId: member.userId, crew: { workspaceId } },
    });
    await this.prisma.client.workspaceMember.deleteMany({ where: { id: member.id, workspaceId } });
    return count;
  }
}

function toDomain(row: Row): MemberWithUser {
  return { ...row, role: roleOf(row.role) };
}
