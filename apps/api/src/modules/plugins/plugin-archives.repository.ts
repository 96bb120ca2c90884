import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import { Prisma, PrismaService } from '#prisma';

type Tenant = Pick<WorkspaceScope, 'workspaceId'>;

const partBytes = 4 * 1_048_576;

/** The rows of `plugin_archive_parts`. */
@Injectable()
export class PluginArchivesRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** Writes an archive, outside of any transaction: it counts once a plugin names it. */
  async insert({ workspaceId }: Tenant, archiveId: string, archive: Buffer, now: Date): Promise<void> {
    for (let number = 0; number * partBytes < archive.byteLength; number++) {
      const bytes = archive.subarray(number * partBytes, (number + 1) * partBytes);
      await this.prisma.writeBytes(Prisma.sql`
        INSERT INTO plugin_archive_parts (archive_id, number, workspace_id, bytes, created_at)
        VALUES (${archiveId}, ${number}, ${workspaceId}, ${bytes}, ${now})`);
    }
  }

  /** One part of an archive, from 0 on; null behind the last one, and when the archive is gone. */
  async readPart({ workspaceId }: Tenant, archiveId: string, number: number): Promise<Buffer | null> {
    const [row] = await this.prisma.rows<{ bytes: Buffer }>(Prisma.sql`
      SELECT bytes FROM plugin_archive_parts
      WHERE archive_id = ${archiveId} AND number = ${number} AND workspace_id = ${workspaceId}`);
    return row?.bytes ?? null;
  }

  /** Removes one archive. */
  async remove({ workspaceId }: Tenant, archiveId: string): Promise<void> {
    await this.prisma.client.pluginArchivePart.deleteMany({ where: { archiveId, workspaceId } });
  }

  /** Removes what installations before that moment left behind when they ended half-way. */
  async removeLeftovers({ workspaceId }: Tenant, before: Date): Promise<void> {
    await this.prisma.client.$executeRaw`
      DELETE FROM plugin_archive_parts p
      WHERE p.workspace_id = ${workspaceId} AND p.created_at < ${before}
        AND NOT EXISTS (SELECT 1 FROM workspace_plugins w WHERE w.archive_id = p.archive_id)`;
  }
}
