import { Injectable } from '@nestjs/common';
import { PrismaService } from '#prisma';
import type { NamedRow, SetupAgent, SetupWorkspace } from './onboarding.types.js';

/** What the first steps read and write. */
@Injectable()
export class OnboardingRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** Whether the user has completed the first steps. */
  async isCompleted(userId: string): Promise<boolean> {
    const user = await this.prisma.client.user.findUnique({
      where: { id: userId },
      select: { onboardingCompleted: true },
    });
    return user?.onboardingCompleted ?? false;
  }

  /** Whether a live agent exists in any live workspace of the user. */
  async hasAgents(userId: string): Promise<boolean> {
    const agent = await this.prisma.client.agent.findFirst({
      where: { deletedAt: null, workspace: { deletedAt: null, members: { some: { userId } } } },
      select: { id: true },
    });
    return agent !== null;
  }

  /** Marks the first steps as done. False when they were done already: of two who try at once, one succeeds. */
  async complete(userId: string, now: Date): Promise<boolean> {
    const { count } = await this.prisma.client.user.updateMany({
      where: { id: userId, onboardingCompleted: false },
      data: { onboardingCompleted: true, updatedAt: now },
    });
    return count > 0;
  }

  /** The oldest live workspace that the user manages. */
  async findWorkspaceToSetUp(userId: string): Promise<SetupWorkspace | null> {
    const member = await this.prisma.client.workspaceMember.findFirst({
      where: { userId, role: { in: ['OWNER', 'ADMIN'] }, workspace: { deletedAt: null } },
      select: { role: true, workspace: { select: { id: true, name: true, preferredLanguage: true } } },
      orderBy: [{ workspace: { createdAt: 'asc' } }, { workspace: { id: 'asc' } }],
    });
    return member && { ...member.workspace, role: member.role === 'OWNER' ? 'OWNER' : 'ADMIN' };
  }

  /** Changes the workspace; members that are undefined stay. */
  async updateWorkspace(
    id: string,
    change: { name?: string; preferredLanguage?: string | null; updatedAt: Date },
  ): Promise<void> {
    await this.prisma.client.workspace.update({ where: { id }, data: change, select: { id: true } });
  }

  /** Slugs of the workspace's live crews. */
  async crewSlugs(workspaceId: string): Promise<Set<string>> {
    const where = { workspaceId, deletedAt: null };
    const rows = await this.prisma.client.crew.findMany({ where, select: { slug: true } });
    return new Set(rows.map((row) => row.slug));
  }

  /** Slugs of the workspace's live agents. */
  async agentSlugs(workspaceId: string): Promise<Set<string>> {
    const where = { workspaceId, deletedAt: null };
    const rows = await this.prisma.client.agent.findMany({ where, select: { slug: true } });
    return new Set(rows.map((row) => row.slug));
  }

  /** Writes the crew. */
  async insertCrew(crew: NamedRow): Promise<void> {
    await this.prisma.client.crew.create({ data: crew, select: { id: true } });
  }

  /** Writes the agent. */
  async insertAgent(agent: SetupAgent): Promise<void> {
    await this.prisma.client.agent.create({ data: agent, select: { id: true } });
  }
}
