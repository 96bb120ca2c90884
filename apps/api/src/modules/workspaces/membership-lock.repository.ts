import { Injectable } from '@nestjs/common';
import { type Action, accessErrors, roleMay } from '#access';
import type { WorkspaceRole, WorkspaceScope } from '#kernel';
import { PrismaService } from '#prisma';
import { roleOf } from './workspace-role.js';

/** Lets the changes of one workspace's members and invitations happen one after the other. */
@Injectable()
export class MembershipLockRepository {
  constructor(private readonly prisma: PrismaService) {}

  /**
   * Waits for other changes of the workspace's members, then answers the caller's role as it is now: it may have
   * changed since the guard read it. Held until the transaction ends.
   * @throws AppError `access.workspace_not_found` or `access.forbidden`.
   */
  async enter(scope: WorkspaceScope, action: Action): Promise<WorkspaceRole> {
    if (!(await this.lock(scope.workspaceId))) throw accessErrors.workspaceNotFound();
    // A statement of its own: one that waited for the lock still sees the rows as they were before.
    const member = await this.prisma.client.workspaceMember.findFirst({
      where: { workspaceId: scope.workspaceId, userId: scope.actor.userId ?? '' },
      select: { role: true },
    });
    if (!member) throw accessErrors.workspaceNotFound();
    const role = roleOf(member.role);
    if (!roleMay(role, action)) throw accessErrors.forbidden();
    return role;
  }

  /** Locks a live workspace until the transaction ends. False when there is none. */
  async lock(workspaceId: string): Promise<boolean> {
    const rows = await this.prisma.client.$queryRaw<{ id: string }[]>`
      SELECT id FROM workspaces WHERE id = ${workspaceId} AND deleted_at IS NULL FOR NO KEY UPDATE`;
    return rows.length > 0;
  }
}
