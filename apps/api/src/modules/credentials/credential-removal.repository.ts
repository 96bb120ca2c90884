import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import { PrismaService } from '#prisma';

/** What hangs on credentials, and goes with them. */
@Injectable()
export class CredentialRemovalRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** Waits until nobody else changes or uses these rows anew, and lets nobody until the transaction ends. */
  async lock(scope: WorkspaceScope, ids: readonly string[]): Promise<void> {
    await this.prisma.client.$queryRaw<unknown[]>`
      SELECT id FROM credentials WHERE id = ANY(${[...ids]}::text[]) AND workspace_id = ${scope.workspaceId}
      ORDER BY id FOR NO KEY UPDATE`;
  }

  /** Marks live credentials as deleted and wipes what was sealed. Answers those that were live. */
  markDeleted(scope: WorkspaceScope, ids: readonly string[], now: Date): Promise<{ id: string; name: string }[]> {
    return this.prisma.client.credential.updateManyAndReturn({
      where: { id: { in: [...ids] }, workspaceId: scope.workspaceId, deletedAt: null },
      data: {
        deletedAt: now,
        updatedAt: now,
        sealedValue: null,
        sealedRefreshToken: null,
        sealedOauthClientSecret: null,
        sealedPreviousValue: null,
        previousValueUntil: null,
        endpointUrl: null,
      },
      select: { id: true, name: true },
    });
  }

  /** Takes the credentials out of bindings and servers, and removes their grants and crew links. Answers how many. */
  async removeTies(
    scope: WorkspaceScope,
    ids: readonly string[],
    now: Date,
  ): Promise<{ bindings: number; servers: number; grants: number }> {
    const credentialId = { in: [...ids] };
    const named = {
      where: { workspaceId: scope.workspaceId, credentialId },
      data: { credentialId: null, updatedAt: now },
    };
    const bindings = await this.prisma.client.agentBinding.updateMany(named);
    const servers = await this.prisma.client.workspaceIntegration.updateMany(named);
    const crewServers = await this.prisma.client.crewIntegration.updateMany(named);
    const credential = { workspaceId: scope.workspaceId };
    const grants = await this.prisma.client.agentCredential.deleteMany({ where: { credentialId, credential } });
    await this.prisma.client.credentialCrew.deleteMany({ where: { credentialId, credential } });
    return { bindings: bindings.count, servers: servers.count + crewServers.count, grants: grants.count };
  }

  /** Live credentials that were made for one of these integrations. */
  async findMadeFor(scope: WorkspaceScope, integrationIds: readonly string[]): Promise<string[]> {
    const rows = await this.prisma.client.credential.findMany({
      where: { workspaceId: scope.workspaceId, deletedAt: null, autoCreatedFor: { in: [...integrationIds] } },
      select: { id: true },
    });
    return rows.map((row) => row.id);
  }

  /** Those of the ids that no binding, server, grant or crew link refers to. */
  async findUnused(scope: WorkspaceScope, ids: readonly string[]): Promise<string[]> {
    const rows = await this.prisma.client.credential.findMany({
      where: {
        id: { in: [...ids] },
        workspaceId: scope.workspaceId,
        deletedAt: null,
        bindings: { none: {} },
        workspaceIntegrations: { none: {} },
        crewIntegrations: { none: {} },
        agents: { none: {} },
        crews: { none: {} },
      },
      select: { id: true },
    });
    return rows.map((row) => row.id);
  }
}
