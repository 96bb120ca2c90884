import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import { PrismaService } from '#prisma';

/** What agents need to know of the crews they stand in. */
@Injectable()
export class AgentPlacementRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** Whether the workspace has a live crew with the id. */
  async existsCrew(scope: WorkspaceScope, crewId: string): Promise<boolean> {
    const where = { id: crewId, workspaceId: scope.workspaceId, deletedAt: null };
    return (await this.prisma.client.crew.count({ where })) > 0;
  }

  /** Keeps a live crew from being deleted until the transaction ends. False when there is no such crew. */
  async holdCrew(scope: WorkspaceScope, crewId: string): Promise<boolean> {
    const rows = await this.prisma.client.$queryRaw<unknown[]>`
      SELECT id FROM crews WHERE id = ${crewId} AND workspace_id = ${scope.workspaceId} AND deleted_at IS NULL
      FOR SHARE`;
    return rows.length > 0;
  }

  /** Like {@link holdCrew}, and lets only one transaction at a time change who leads the crew. */
  async holdCrewForLead(scope: WorkspaceScope, crewId: string): Promise<boolean> {
    const rows = await this.prisma.client.$queryRaw<unknown[]>`
      SELECT id FROM crews WHERE id = ${crewId} AND workspace_id = ${scope.workspaceId} AND deleted_at IS NULL
      FOR NO KEY UPDATE`;
    return rows.length > 0;
  }

  /** The user's role in a live crew of the workspace. */
  async findCrewRole(scope: WorkspaceScope, crewId: string, userId: string): Promise<string | null> {
    const row = await this.prisma.client.crewMember.findFirst({
      where: { crewId, userId, crew: { workspaceId: scope.workspaceId, deletedAt: null } },
      select: { role: true },
    });
    return row?.role ?? null;
  }
}
