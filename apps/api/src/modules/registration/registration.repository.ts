import { Injectable } from '@nestjs/common';
import type { WorkspaceRole } from '#kernel';
import { PrismaService } from '#prisma';

/** An invitation that a new user takes up. */
export interface OpenInvitation {
  id: string;
  workspaceId: string;
  role: string;
}

/** A membership as it is written. */
export interface NewMembership {
  id: string;
  workspaceId: string;
  userId: string;
  role: WorkspaceRole;
}

/** The rows that a new user brings about beside their own. */
@Injectable()
export class RegistrationRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** Adds a workspace. False, and nothing written, when the slug is taken. */
  async insertWorkspace(row: { id: string; name: string; slug: string }, now: Date): Promise<boolean> {
    const { count } = await this.prisma.client.workspace.createMany({
      data: { ...row, createdAt: now, updatedAt: now },
      skipDuplicates: true,
    });
    return count > 0;
  }

  /** Adds memberships. */
  async insertMemberships(rows: readonly NewMembership[], now: Date): Promise<void> {
    await this.prisma.client.workspaceMember.createMany({
      data: rows.map((row) => ({ ...row, createdAt: now, updatedAt: now })),
    });
  }

  /** Takes the open invitations of an address, at most one a workspace (the newest), so that nobody else can. */
  takeInvitations(email: string, now: Date): Promise<OpenInvitation[]> {
    return this.prisma.client.$queryRaw<OpenInvitation[]>`
      WITH taken AS (
        UPDATE workspace_invitations i SET accepted_at = ${now}
        FROM workspaces w
        WHERE w.id = i.workspace_id AND w.deleted_at IS NULL
          AND i.email = ${email} AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > ${now}
        RETURNING i.id, i.workspace_id, i.role, i.created_at
      )
      SELECT DISTINCT ON (workspace_id) id, workspace_id AS "workspaceId", role
      FROM taken ORDER BY workspace_id, created_at DESC, id`;
  }
}
