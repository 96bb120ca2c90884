import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import { PrismaService } from '#prisma';

/** Credentials that were made for one server and go with it. */
@Injectable()
export class OwnedCredentialsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /**
   * Deletes the credentials made for a server that is gone, and wipes their secrets; those that a binding or an agent
   * still uses stay. Answers what was deleted.
   */
  async removeUnused(scope: WorkspaceScope, serverId: string, now: Date): Promise<{ id: string; name: string }[]> {
    // Locked by a statement of its own: the next one then sees every use that was granted before the lock.
    await this.prisma.client.$queryRaw`
      SELECT 1 FROM "credentials"
      WHERE "workspace_id" = ${scope.workspaceId} AND "auto_created_for" = ${serverId} AND "deleted_at" IS NULL
      ORDER BY "id" FOR UPDATE`;
    return this.prisma.client.$queryRaw<{ id: string; name: string }[]>`
      WITH removed AS (
        UPDATE "credentials" c
        SET "deleted_at" = ${now}, "updated_at" = ${now}, "sealed_value" = NULL, "sealed_refresh_token" = NULL,
          "sealed_oauth_client_secret" = NULL
        WHERE c."workspace_id" = ${scope.workspaceId} AND c."auto_created_for" = ${serverId} AND c."deleted_at" IS NULL
          AND NOT EXISTS (SELECT 1 FROM "agent_bindings" b WHERE b."credential_id" = c."id")
          AND NOT EXISTS (SELECT 1 FROM "agent_credentials" g WHERE g."credential_id" = c."id")
        RETURNING c."id", c."name"
      ), unlinked AS (
        DELETE FROM "credential_crews" l USING removed WHERE l."credential_id" = removed."id"
      )
      SELECT "id", "name" FROM removed ORDER BY "id"`;
  }
}
