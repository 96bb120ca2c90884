import { Injectable } from '@nestjs/common';
import { type Prisma, PrismaService } from '#prisma';
import { bundleLimits } from './bundle-limits-rules.js';

/** A workspace of the tree that is exported. */
export interface SourceWorkspace {
  id: string;
  /** Null for the outermost, whatever stands above it. */
  parentId: string | null;
}

const serverColumns = {
  id: true,
  workspaceId: true,
  name: true,
  displayName: true,
  transport: true,
  endpoint: true,
  command: true,
  argsJson: true,
  envJson: true,
  configJson: true,
  icon: true,
  enabled: true,
  visibility: true,
  credentialId: true,
  credType: true,
  credHeader: true,
  envVarName: true,
  origin: true,
  originRef: true,
  sealedLiterals: true,
} satisfies Prisma.WorkspaceIntegrationSelect & Prisma.CrewIntegrationSelect;

/** Reads what a bundle is made of: for all workspaces of a tree one statement a table. */
@Injectable()
export class BundleSourceRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** The live workspace and those below it, each after the one above; one more than may be when there are too many. */
  findTree(rootId: string): Promise<SourceWorkspace[]> {
    return this.prisma.client.$queryRaw<SourceWorkspace[]>`
      WITH RECURSIVE tree AS (
        SELECT w.id, NULL::text AS parent_id, 1 AS depth FROM workspaces w WHERE w.id = ${rootId} AND w.deleted_at IS NULL
        UNION ALL
        SELECT w.id, r.parent_id, tree.depth + 1 FROM tree
        JOIN workspace_runtimes r ON r.parent_id = tree.id
        JOIN workspaces w ON w.id = r.workspace_id AND w.deleted_at IS NULL
        WHERE tree.depth <= ${bundleLimits.depth}
      ) SELECT id, parent_id AS "parentId" FROM tree ORDER BY depth, id LIMIT ${bundleLimits.workspaces + 1}`;
  }

  findWorkspaces(ids: readonly string[]) {
    return this.prisma.client.workspace.findMany({ where: { id: { in: [...ids] } }, omit: { logoUrl: true } });
  }

  findRuntimes(ids: readonly string[]) {
    return this.prisma.client.workspaceRuntime.findMany({ where: within(ids) });
  }

  findFiles(ids: readonly string[]) {
    const select = { workspaceId: true, path: true, content: true };
    return this.prisma.client.workspaceFile.findMany({ where: within(ids), select });
  }

  findCrews(ids: readonly string[]) {
    return this.prisma.client.crew.findMany({ where: live(ids) });
  }

  /** Agents that stay: hired ones end by themselves. */
  findAgents(ids: readonly string[]) {
    const omit = { sealedWebhookSecret: true };
    return this.prisma.client.agent.findMany({ where: { ...live(ids), ephemeral: false }, omit });
  }

  /** Credentials that hold something of their own, and which crews they are limited to. */
  findCredentials(ids: readonly string[]) {
    return this.prisma.client.credential.findMany({
      where: { ...live(ids), managedBy: null },
      omit: { sealedRefreshToken: true, sealedPreviousValue: true },
      include: { crews: { select: { crewId: true } } },
    });
  }

  /** Grants without an end: leases end by themselves. */
  findGrants(ids: readonly string[]) {
    return this.prisma.client.agentCredential.findMany({
      where: { expiresAt: null, agent: live(ids) },
      select: { agentId: true, credentialId: true, envVarName: true, priority: true },
    });
  }

  findIntegrations(ids: readonly string[]) {
    const where = { ...within(ids), origin: { not: 'composio' } };
    return this.prisma.client.workspaceIntegration.findMany({ where, select: { ...serverColumns, locked: true } });
  }

  findCrewIntegrations(ids: readonly string[]) {
    const where = { ...within(ids), origin: { not: 'composio' } };
    const select = { ...serverColumns, crewId: true, workspaceIntegrationId: true };
    return this.prisma.client.crewIntegration.findMany({ where, select });
  }

  findTools(ids: readonly string[]) {
    return this.prisma.client.toolBinding.findMany({ where: within(ids) });
  }

  findBindings(ids: readonly string[]) {
    return this.prisma.client.agentBinding.findMany({ where: within(ids) });
  }

  findEndpoints(ids: readonly string[]) {
    const select = { workspaceId: true, agentId: true, url: true, protocol: true, eventTypes: true };
    return this.prisma.client.deliveryEndpoint.findMany({ where: within(ids), select });
  }
}

function within(ids: readonly string[]) {
  return { workspaceId: { in: [...ids] } };
}

function live(ids: readonly string[]) {
  return { ...within(ids), deletedAt: null };
}
