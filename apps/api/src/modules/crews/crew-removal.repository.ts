import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import { PrismaService } from '#prisma';

/** What hangs on a crew, and goes with it. */
@Injectable()
export class CrewRemovalRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** Marks a live crew as deleted. False when there is none. */
  async markDeleted(scope: WorkspaceScope, id: string, now: Date): Promise<boolean> {
    const { count } = await this.prisma.client.crew.updateMany({
      where: { id, workspaceId: scope.workspaceId, deletedAt: null },
      data: { deletedAt: now, updatedAt: now },
    });
    return count > 0;
  }

  /** Ids of the crew's integrations. */
  async findIntegrationIds(scope: WorkspaceScope, crewId: string): Promise<string[]> {
    const rows = await this.prisma.client.crewIntegration.findMany({
      where: { crewId, workspaceId: scope.workspaceId },
      select: { id: true },
    });
    return rows.map((row) => row.id);
  }

  /**
   * Removes the crew's integrations (their bindings and tool rows go by foreign key), memberships and credential links. A
   * credential that loses its last crew stays CREW-scoped: losing a crew must not open it to everybody.
   */
  async removeTies(scope: WorkspaceScope, crewId: string): Promise<{ integrations: number; members: number }> {
    const crew = { workspaceId: scope.workspaceId };
    const integrations = await this.prisma.client.crewIntegration.deleteMany({
      where: { crewId, workspaceId: scope.workspaceId },
    });
    const members = await this.prisma.client.crewMember.deleteMany({ where: { crewId, crew } });
    await this.prisma.client.credentialCrew.deleteMany({ where: { crewId, crew } });
    return { integrations: integrations.count, members: members.count };
  }
}
