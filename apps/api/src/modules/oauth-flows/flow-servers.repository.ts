import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import { PrismaService } from '#prisma';
import { visibilities } from '../server-settings/server-settings.types.js';
import type { ConnectedServer, ServerDraft } from './oauth-flows.types.js';
import type { NamedServer } from './server-choice.js';

/** A server that a flow connects. */
export interface FlowServer extends ConnectedServer {
  /** Crew of a crew's server. */
  crewId: string | null;
  /** The credential that it names for everybody. */
  credentialId: string | null;
}

const mostNames = 1_000;

/** The servers, crews and agents that flows are for. */
@Injectable()
export class FlowServersRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** Servers whose name begins with the draft's, at its level and for a crew also at the workspace's. */
  async findNamed(scope: WorkspaceScope, { name, crewId }: ServerDraft): Promise<NamedServer[]> {
    const where = { workspaceId: scope.workspaceId, name: { startsWith: name } };
    const page = { take: mostNames, orderBy: { name: 'asc' } } as const;
    const columns = { id: true, name: true, endpoint: true, visibility: true } as const;
    const above = await this.prisma.client.workspaceIntegration.findMany({ where, select: columns, ...page });
    if (crewId === null) return above.map((row) => toNamed(row, row.endpoint, true));
    const own = await this.prisma.client.crewIntegration.findMany({
      where: { ...where, crewId },
      select: { ...columns, workspaceIntegration: { select: { endpoint: true } } },
      ...page,
    });
    return [
      ...own.map((row) => toNamed(row, row.endpoint ?? row.workspaceIntegration?.endpoint ?? null, true)),
      ...above.map((row) => toNamed(row, row.endpoint, false)),
    ];
  }

  /** One server of the workspace. */
  async find(scope: WorkspaceScope, server: ConnectedServer): Promise<FlowServer | null> {
    const where = { id: server.id, workspaceId: scope.workspaceId };
    if (server.scope === 'workspace') {
      const row = await this.prisma.client.workspaceIntegration.findFirst({ where, select: { credentialId: true } });
      return row && { ...server, ...row, crewId: null };
    }
    const row = await this.prisma.client.crewIntegration.findFirst({
      where: { ...where, crew: { deletedAt: null } },
      select: { credentialId: true, crewId: true },
    });
    return row && { ...server, ...row };
  }

  /** Whether the workspace has this crew, live. */
  async hasCrew(scope: WorkspaceScope, id: string): Promise<boolean> {
    const where = { id, workspaceId: scope.workspaceId, deletedAt: null };
    return (await this.prisma.client.crew.findFirst({ where, select: { id: true } })) !== null;
  }

  /** A live agent of the workspace, with its crew. */
  findAgent(scope: WorkspaceScope, id: string): Promise<{ crewId: string | null } | null> {
    const where = { id, workspaceId: scope.workspaceId, deletedAt: null };
    return this.prisma.client.agent.findFirst({ where, select: { crewId: true } });
  }
}

function toNamed(
  { id, name, visibility }: { id: string; name: string; visibility: string | null },
  endpoint: string | null,
  sameLevel: boolean,
): NamedServer {
  return { id, name, endpoint, visibility: visibilities.find((each) => each === visibility) ?? null, sameLevel };
}
