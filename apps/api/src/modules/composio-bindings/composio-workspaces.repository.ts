import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import { PrismaService } from '#prisma';
import type { DefaultConnector, StoredDefaultConnector } from './composio-bindings.types.js';

type Tenant = Pick<WorkspaceScope, 'workspaceId'>;

/** The rows of `composio_workspaces`. Whether a lease has run out is judged by the database's clock, which all replicas share. */
@Injectable()
export class ComposioWorkspacesRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** Takes the workspace's lease when nobody has it; null otherwise. Answers its generation. */
  async takeLease({ workspaceId }: Tenant, owner: string, leaseMs: number): Promise<number | null> {
    const rows = await this.prisma.client.$queryRaw<{ generation: number }[]>`
      INSERT INTO composio_workspaces AS w (workspace_id, lease_owner, lease_until, lease_generation)
      VALUES (${workspaceId}, ${owner}, clock_timestamp() + ${leaseMs} * interval '1 millisecond', 1)
      ON CONFLICT (workspace_id) DO UPDATE SET lease_owner = excluded.lease_owner, lease_until = excluded.lease_until,
        lease_generation = w.lease_generation + 1
      WHERE w.lease_until IS NULL OR w.lease_until <= clock_timestamp()
      RETURNING lease_generation AS generation`;
    return rows[0]?.generation ?? null;
  }

  /** Makes the lease last again. False when it is somebody else's by now, or has run out. */
  async extendLease({ workspaceId }: Tenant, generation: number, leaseMs: number): Promise<boolean> {
    const changed = await this.prisma.client.$executeRaw`
      UPDATE composio_workspaces SET lease_until = clock_timestamp() + ${leaseMs} * interval '1 millisecond'
      WHERE workspace_id = ${workspaceId} AND lease_generation = ${generation} AND lease_until > clock_timestamp()`;
    return changed > 0;
  }

  /** Ends the lease, if it is still this one. */
  async endLease({ workspaceId }: Tenant, generation: number): Promise<void> {
    await this.prisma.client.$executeRaw`
      UPDATE composio_workspaces SET lease_owner = NULL, lease_until = NULL
      WHERE workspace_id = ${workspaceId} AND lease_generation = ${generation}`;
  }

  /** Whether the lease is still this one. If so nobody can take it before the transaction ends. */
  async holdLease({ workspaceId }: Tenant, generation: number): Promise<boolean> {
    const rows = await this.prisma.client.$queryRaw<unknown[]>`
      SELECT 1 FROM composio_workspaces
      WHERE workspace_id = ${workspaceId} AND lease_generation = ${generation} AND lease_until > clock_timestamp()
      FOR UPDATE`;
    return rows.length > 0;
  }

  /** The default connector; null while none is set up. */
  async findDefault({ workspaceId }: Tenant): Promise<StoredDefaultConnector | null> {
    const row = await this.prisma.client.composioWorkspace.findUnique({
      where: { workspaceId },
      select: {
        defaultUserId: true,
        defaultServer: { select: { name: true, upstreamId: true, keyFingerprint: true } },
      },
    });
    if (!row?.defaultUserId || !row.defaultServer?.upstreamId) return null;
    const { name, upstreamId, keyFingerprint } = row.defaultServer;
    return { userId: row.defaultUserId, name, upstreamId, keyFingerprint };
  }

  /** Sets the default connector. The workspace's lease has to be held. */
  async setDefault({ workspaceId }: Tenant, { userId, serverId, endpoint, keyId }: DefaultConnector): Promise<void> {
    await this.prisma.client.composioWorkspace.update({
      where: { workspaceId },
      data: { defaultUserId: userId, defaultServerId: serverId, defaultEndpoint: endpoint, defaultKeyId: keyId },
      select: { workspaceId: true },
    });
  }

  /** Unsets the default connector. False when there was none. */
  async unsetDefault({ workspaceId }: Tenant): Promise<boolean> {
    const { count } = await this.prisma.client.composioWorkspace.updateMany({
      where: { workspaceId, defaultServerId: { not: null } },
      data: { defaultUserId: null, defaultServerId: null, defaultEndpoint: null, defaultKeyId: null },
    });
    return count > 0;
  }
}
