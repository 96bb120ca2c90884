import { Injectable } from '@nestjs/common';
import { type WorkspaceRole, workspaceRoles } from '#kernel';
import { PrismaService } from '#prisma';

/** A member of a live workspace, with what they have there. */
export interface Initiator {
  email: string;
  role: WorkspaceRole;
  capabilities: readonly string[];
  revision: bigint;
}

/** The people who started flows, as they stand in the workspace now. */
@Injectable()
export class FlowInitiatorsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** The member; null when they are none, or the workspace is gone. */
  async find(workspaceId: string, userId: string): Promise<Initiator | null> {
    const member = await this.prisma.client.workspaceMember.findFirst({
      where: { workspaceId, userId, workspace: { deletedAt: null } },
      select: {
        role: true,
        capabilities: true,
        user: { select: { email: true } },
        workspace: { select: { revision: { select: { revision: true } } } },
      },
    });
    const role = workspaceRoles.find((each) => each === member?.role);
    if (!member || !role) return null;
    const { capabilities, user, workspace } = member;
    return { email: user.email, role, capabilities, revision: workspace.revision?.revision ?? 0n };
  }
}
