import { Injectable } from '@nestjs/common';
import type { Page, PageRequest, WorkspaceScope } from '#kernel';
import { type Prisma, PrismaService } from '#prisma';
import { assignableRoles } from '../assignable-role.js';
import type { Invitation, InvitationWithInviter } from './invitations.types.js';

const columns = {
  id: true,
  workspaceId: true,
  email: true,
  role: true,
  invitedById: true,
  expiresAt: true,
  acceptedAt: true,
  revokedAt: true,
  createdAt: true,
  inviter: { select: { id: true, email: true, fullName: true } },
} satisfies Prisma.WorkspaceInvitationSelect;

type Row = Prisma.WorkspaceInvitationGetPayload<{ select: typeof columns }>;

const open = { acceptedAt: null, revokedAt: null };

/** The rows of `workspace_invitations`. */
@Injectable()
export class InvitationsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** One page of those neither accepted nor revoked, expired ones included; newest first, ties broken by id. */
  async findManyOpen(scope: WorkspaceScope, page: PageRequest): Promise<Page<InvitationWithInviter>> {
    const where = { workspaceId: scope.workspaceId, ...open };
    const rows = await this.prisma.client.workspaceInvitation.findMany({
      where,
      select: columns,
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: page.limit,
      skip: page.offset,
    });
    const total = await this.prisma.client.workspaceInvitation.count({ where });
    return { items: rows.map(toDomain), total };
  }

  /** An open invitation of the scope's workspace. */
  async findOpenById(scope: WorkspaceScope, id: string): Promise<InvitationWithInviter | null> {
    const row = await this.prisma.client.workspaceInvitation.findFirst({
      where: { id, workspaceId: scope.workspaceId, ...open },
      select: columns,
    });
    return row && toDomain(row);
  }

  /** Whether an open invitation for the address is still good at `now`. */
  async existsActive(scope: WorkspaceScope, email: string, now: Date): Promise<boolean> {
    const where = { workspaceId: scope.workspaceId, email, ...open, expiresAt: { gt: now } };
    return (await this.prisma.client.workspaceInvitation.count({ where })) > 0;
  }

  /** The invitation of a token, by the token's SHA-256 (hex), in whatever state; only of live workspaces. */
  async findByTokenHash(tokenHash: string): Promise<InvitationWithInviter | null> {
    const row = await this.prisma.client.workspaceInvitation.findFirst({
      where: { tokenHash, workspace: { deletedAt: null } },
      select: columns,
    });
    return row && toDomain(row);
  }

  /** Writes an invitation. */
  async insert(invitation: Invitation, tokenHash: string): Promise<InvitationWithInviter> {
    const row = await this.prisma.client.workspaceInvitation.create({
      data: { ...invitation, tokenHash },
      select: columns,
    });
    return toDomain(row);
  }

  /** Ends an open invitation. False when it has ended meanwhile: of two who try at once, one succeeds. */
  async close(id: string, how: { acceptedAt: Date } | { revokedAt: Date }): Promise<boolean> {
    const { count } = await this.prisma.client.workspaceInvitation.updateMany({ where: { id, ...open }, data: how });
    return count > 0;
  }
}

// The database admits no other role; the lowest stands for one that came there by other ways.
function toDomain(row: Row): InvitationWithInviter {
  return { ...row, role: assignableRoles.find((role) => role === row.role) ?? 'VIEWER' };
}
