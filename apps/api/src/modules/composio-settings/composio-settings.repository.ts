import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import { PrismaService } from '#prisma';
import type { StoredComposioKey } from './composio-settings.types.js';

/** The rows of `composio_settings`. */
@Injectable()
export class ComposioSettingsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** The workspace's own key, sealed, or null. */
  findSealed({ workspaceId }: Pick<WorkspaceScope, 'workspaceId'>): Promise<StoredComposioKey | null> {
    return this.prisma.client.composioSettings.findUnique({
      where: { workspaceId },
      select: { sealedApiKey: true, label: true },
    });
  }

  /** Label of the workspace's own key, or null when it has none. */
  async findLabel({ workspaceId }: Pick<WorkspaceScope, 'workspaceId'>): Promise<string | null> {
    const row = await this.prisma.client.composioSettings.findUnique({
      where: { workspaceId },
      select: { label: true },
    });
    return row?.label ?? null;
  }

  /** Stores the workspace's key in the place of the one that it may have. */
  async upsert({ workspaceId, actor }: WorkspaceScope, key: StoredComposioKey, now: Date): Promise<void> {
    await this.prisma.client.composioSettings.upsert({
      where: { workspaceId },
      create: { ...key, workspaceId, createdById: actor.userId, createdAt: now, updatedAt: now },
      update: { ...key, updatedAt: now },
      select: { workspaceId: true },
    });
  }

  /** Removes the workspace's key and its default connector. Answers what there was. Has to run in a transaction. */
  async remove({ workspaceId }: WorkspaceScope): Promise<{ key: boolean; defaultConnector: boolean }> {
    await this.#holdDefault(workspaceId);
    const { count: keys } = await this.prisma.client.composioSettings.deleteMany({ where: { workspaceId } });
    const { count: connectors } = await this.prisma.client.composioWorkspace.updateMany({
      where: { workspaceId, defaultServerId: { not: null } },
      data: { defaultUserId: null, defaultServerId: null, defaultEndpoint: null, defaultKeyId: null },
    });
    return { key: keys > 0, defaultConnector: connectors > 0 };
  }

  // Whoever sets the connector up holds this row while it compares the key: it is done before, or finds another key.
  async #holdDefault(workspaceId: string): Promise<void> {
    await this.prisma.client.$executeRaw`
      INSERT INTO composio_workspaces (workspace_id) VALUES (${workspaceId}) ON CONFLICT (workspace_id) DO NOTHING`;
    await this.prisma.client.$queryRaw`
      SELECT 1 FROM composio_workspaces WHERE workspace_id = ${workspaceId} FOR UPDATE`;
  }
}
