import { Injectable } from '@nestjs/common';
import type { Page, PageRequest, WorkspaceScope } from '#kernel';
import { isUniqueViolation, type Prisma, PrismaService } from '#prisma';
import { roleOf } from './workspace-role.js';
import { workspaceErrors } from './workspaces.errors.js';
import type { SeenWorkspace, Workspace, WorkspaceChange, WorkspaceCounts } from './workspaces.types.js';

const columns = {
  id: true,
  name: true,
  slug: true,
  logoUrl: true,
  preferredLanguage: true,
  allowPrivilegedCredentials: true,
  runRetentionDays: true,
  credentialAuditRetentionDays: true,
  auditLogRetentionDays: true,
  integrationLimit: true,
  createdAt: true,
  updatedAt: true,
} satisfies Prisma.WorkspaceSelect;

const nothing: WorkspaceCounts = { crews: 0, agents: 0, members: 0 };

/** The rows of `workspaces`. */
@Injectable()
export class WorkspacesRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** The live workspaces of a user, newest first, ties broken by id. Three queries, however many there are. */
  async findManyOfUser(userId: string, page: PageRequest): Promise<Page<SeenWorkspace>> {
    const where = { userId, workspace: { deletedAt: null } };
    const rows = await this.prisma.client.workspaceMember.findMany({
      where,
      select: { role: true, capabilities: true, workspace: { select: columns } },
      orderBy: [{ workspace: { createdAt: 'desc' } }, { workspace: { id: 'desc' } }],
      take: page.limit,
      skip: page.offset,
    });
    const total = await this.prisma.client.workspaceMember.count({ where });
    const counts = await this.#countsOf(rows.map((row) => row.workspace.id));
    const items = rows.map(({ workspace, role, capabilities }) => ({
      workspace,
      membership: { role: roleOf(role), capabilities },
      counts: counts.get(workspace.id) ?? nothing,
    }));
    return { items, total };
  }

  /** The scope's workspace, unless it was deleted meanwhile. */
  findScoped(scope: WorkspaceScope): Promise<Workspace | null> {
    return this.prisma.client.workspace.findFirst({
      where: { id: scope.workspaceId, deletedAt: null },
      select: columns,
    });
  }

  /** How much the scope's workspace holds. */
  async countScoped(scope: WorkspaceScope): Promise<WorkspaceCounts> {
    return (await this.#countsOf([scope.workspaceId])).get(scope.workspaceId) ?? nothing;
  }

  /** Writes a workspace and its owner. @throws AppError `workspace.slug_taken`, deleted workspaces included. */
  async insert(workspace: Workspace, owner: { memberId: string; userId: string }): Promise<void> {
    const { createdAt, updatedAt } = workspace;
    const members = {
      create: { id: owner.memberId, userId: owner.userId, role: 'OWNER', createdAt, updatedAt },
    };
    await namingSlug(
      this.prisma.client.workspace.create({
        data: { ...workspace, members },
        select: { id: true },
      }),
    );
  }

  /** Writes a change. @throws AppError `workspace.slug_taken`. */
  async update(scope: WorkspaceScope, change: WorkspaceChange & { updatedAt: Date }): Promise<Workspace> {
    const where = { id: scope.workspaceId };
    return namingSlug(this.prisma.client.workspace.update({ where, data: change, select: columns }));
  }

  /** Locks a user's row, so that their deletions happen one after the other, and counts their live workspaces. */
  async lockAndCountOf(userId: string): Promise<number> {
    await this.prisma.client.$queryRaw`SELECT id FROM users WHERE id = ${userId} FOR NO KEY UPDATE`;
    return this.prisma.client.workspaceMember.count({ where: { userId, workspace: { deletedAt: null } } });
  }

  /**
   * Marks the workspace, its crews, agents and credentials as deleted, takes its invitations back and removes its
   * integrations with their bindings. False when it was deleted already.
   */
  async softDelete(scope: WorkspaceScope, now: Date): Promise<boolean> {
    const { workspaceId } = scope;
    const live = { where: { workspaceId, deletedAt: null }, data: { deletedAt: now, updatedAt: now } };
    const { count } = await this.prisma.client.workspace.updateMany({
      where: { id: workspaceId, deletedAt: null },
      data: live.data,
    });
    if (count === 0) return false;
    await this.prisma.client.workspaceInvitation.updateMany({
      where: { workspaceId, acceptedAt: null, revokedAt: null },
      data: { revokedAt: now },
    });
    await this.prisma.client.workspaceIntegration.deleteMany({ where: { workspaceId } });
    await this.prisma.client.crewIntegration.deleteMany({ where: { workspaceId } });
    await this.prisma.client.agent.updateMany(live);
    await this.prisma.client.crew.updateMany(live);
    await this.prisma.client.credential.updateMany(live);
    return true;
  }

  async #countsOf(ids: readonly string[]): Promise<Map<string, WorkspaceCounts>> {
    const rows = await this.prisma.client.$queryRaw<(WorkspaceCounts & { id: string })[]>`
      SELECT w.id,
        (SELECT count(*) FROM crews c WHERE c.workspace_id = w.id AND c.deleted_at IS NULL)::int AS crews,
        (SELECT count(*) FROM agents a WHERE a.workspace_id = w.id AND a.deleted_at IS NULL)::int AS agents,
        (SELECT count(*) FROM workspace_members m WHERE m.workspace_id = w.id)::int AS members
      FROM unnest(${ids}::text[]) AS w(id)`;
    return new Map(rows.map(({ id, ...counts }) => [id, counts]));
  }
}

async function namingSlug<T>(write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (cause) {
    throw isUniqueViolation(cause, 'slug') ? workspaceErrors.slugTaken({ cause }) : cause;
  }
}
