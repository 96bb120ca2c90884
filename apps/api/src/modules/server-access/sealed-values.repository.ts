import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import { PrismaService } from '#prisma';
import type { StoredCredential } from './server-access.types.js';

/** Sealed values on their way to a server. Nothing else reads them. */
@Injectable()
export class SealedValuesRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** The live credentials among the ids and names, usable or not. Of a refresh token only whether there is one. */
  async find(
    scope: Pick<WorkspaceScope, 'workspaceId'>,
    wanted: { ids: readonly string[]; names: readonly string[] },
  ): Promise<StoredCredential[]> {
    if (wanted.ids.length === 0 && wanted.names.length === 0) return [];
    return await this.prisma.client.$queryRaw<StoredCredential[]>`
      SELECT id, name, username, sealed_value AS "sealedValue", type, status, token_expires_at AS "tokenExpiresAt",
        next_refresh_at AS "nextRefreshAt", last_error_class AS "lastErrorClass",
        (sealed_refresh_token IS NOT NULL AND oauth_token_url IS NOT NULL AND oauth_client_id IS NOT NULL) AS renewable
      FROM credentials
      WHERE workspace_id = ${scope.workspaceId} AND deleted_at IS NULL
        AND (id = ANY(${[...wanted.ids]}::text[]) OR name = ANY(${[...wanted.names]}::text[]))`;
  }
}
