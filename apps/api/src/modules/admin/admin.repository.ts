import { Injectable } from '@nestjs/common';
import { type Page, type PageRequest, type WorkspaceScope, workspaceRoles } from '#kernel';
import { PrismaService } from '#prisma';
import type { AdministeredUser, AdministeredWorkspace, WorkspaceStats } from './admin.types.js';

/** Reads what the owner of a workspace may know of it. */
@Injectable()
export class AdminRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** The numbers of the scope's workspace, in one statement. */
  async stats({ workspaceId }: WorkspaceScope): Promise<WorkspaceStats> {
    const [stats] = await this.prisma.client.$queryRaw<WorkspaceStats[]>`
      SELECT (SELECT count(*) FROM workspace_members WHERE workspace_id = ${workspaceId})::int AS users,
             (SELECT count(*) FROM crews WHERE workspace_id = ${workspaceId} AND deleted_at IS NULL)::int AS crews,
             count(*)::int AS agents,
             (count(*) FILTER (WHERE status = 'RUNNING'))::int AS running
      FROM agents WHERE workspace_id = ${workspaceId} AND deleted_at IS NULL`;
    return stats ?? { users: 0, crews: 0, agents: 0, running: 0 };
  }

  /** The scope's workspace, unless it was deleted meanwhile. */
  findWorkspace(scope: WorkspaceScope): Promise<AdministeredWorkspace | null> {
    return this.prisma.client.workspace.findFirst({
      where: { id: scope.workspaceId, deletedAt: null },
      select: { id: true, name: true, slug: true, createdAt: true, updatedAt: true },
    });
  }

  /** One page of the workspace's people, youngest account first, ties broken by id. */
  async findUsers(scope: WorkspaceScope, page: PageRequest): Promise<Page<AdministeredUser>> {
    const where = { workspaceId: scope.workspaceId };
    const rows = await this.prisma.client.workspaceMember.findMany({
      where,
      select: {
        role: true,
        user: { select: { id: true, email: true, fullName: true, avatarUrl: true, createdAt: true } },
        workspace: { select: { id: true, name: true, slug: true } },
      },
      orderBy: [{ user: { createdAt: 'desc' } }, { userId: 'desc' }],
      take: page.limit,
      skip: page.offset,
    });
    const total = await this.prisma.client.workspaceMember.count({ where });
    const items = rows.map(({ role, user, workspace }) => ({
      ...user,
      workspace,
      role: workspaceRoles.find((each) => each === role) ?? 'VIEWER',
    }));
    return { items, total };
  }
}
