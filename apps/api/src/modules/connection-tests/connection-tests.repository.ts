import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import { type Prisma, PrismaService } from '#prisma';

const settings = {
  id: true,
  name: true,
  displayName: true,
  transport: true,
  endpoint: true,
  command: true,
  argsJson: true,
  envJson: true,
  configJson: true,
  sealedLiterals: true,
  icon: true,
  origin: true,
  credentialId: true,
  credType: true,
  credHeader: true,
  envVarName: true,
} satisfies Prisma.WorkspaceIntegrationSelect & Prisma.CrewIntegrationSelect;

const bindingColumns = {
  id: true,
  workspaceIntegrationId: true,
  crewIntegrationId: true,
  credentialId: true,
  credType: true,
  credHeader: true,
  envVarName: true,
  configOverrideJson: true,
  sealedLiterals: true,
} satisfies Prisma.AgentBindingSelect;

/** A workspace row as it is tested. */
export type TestedWorkspaceRow = Prisma.WorkspaceIntegrationGetPayload<{ select: typeof settings }>;

/** A crew row as it is tested. */
export type TestedCrewRow = Prisma.CrewIntegrationGetPayload<{ select: typeof settings }> & {
  workspaceIntegrationId: string | null;
};

/** A binding whose credential the test may send. */
export type TestedBinding = Prisma.AgentBindingGetPayload<{ select: typeof bindingColumns }>;

/** The rows behind one connection test. */
@Injectable()
export class ConnectionTestsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** A server of the workspace. */
  findWorkspaceRow(scope: WorkspaceScope, id: string): Promise<TestedWorkspaceRow | null> {
    return this.prisma.client.workspaceIntegration.findFirst({
      where: { id, workspaceId: scope.workspaceId },
      select: settings,
    });
  }

  /** Whether the crew lives in the workspace. */
  async crewExists(scope: WorkspaceScope, crewId: string): Promise<boolean> {
    const where = { id: crewId, workspaceId: scope.workspaceId, deletedAt: null };
    return (await this.prisma.client.crew.count({ where })) > 0;
  }

  /** A server of the crew. */
  findCrewRow(scope: WorkspaceScope, crewId: string, id: string): Promise<TestedCrewRow | null> {
    return this.prisma.client.crewIntegration.findFirst({
      where: { id, crewId, workspaceId: scope.workspaceId },
      select: { ...settings, workspaceIntegrationId: true },
    });
  }

  /** The workspace server that a crew row overrides: the linked one, else the one of the same name. */
  findOverridden(scope: WorkspaceScope, row: TestedCrewRow): Promise<TestedWorkspaceRow | null> {
    const by = row.workspaceIntegrationId === null ? { name: row.name } : { id: row.workspaceIntegrationId };
    return this.prisma.client.workspaceIntegration.findFirst({
      where: { ...by, workspaceId: scope.workspaceId },
      select: settings,
    });
  }

  /**
   * The oldest enabled binding of a live agent to one of the servers that brings a credential with a value. With a crew, of
   * that crew's agents only: nobody else's credential may reach the crew's server.
   */
  findBindingWithCredential(
    scope: WorkspaceScope,
    serverIds: readonly string[],
    crewId: string | null,
  ): Promise<TestedBinding | null> {
    return this.prisma.client.agentBinding.findFirst({
      where: {
        workspaceId: scope.workspaceId,
        enabled: true,
        agent: { deletedAt: null, ...(crewId !== null && { crewId }) },
        credential: { status: 'ACTIVE', deletedAt: null, sealedValue: { not: null } },
        OR: [{ workspaceIntegrationId: { in: [...serverIds] } }, { crewIntegrationId: { in: [...serverIds] } }],
      },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      select: bindingColumns,
    });
  }
}
