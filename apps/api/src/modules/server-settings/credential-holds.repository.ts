import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import { PrismaService } from '#prisma';

/** Credentials that servers and bindings are about to name. */
@Injectable()
export class CredentialHoldsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /**
   * Name of a live credential that may go to agents of the crew; it is not deleted before the transaction ends. One of
   * scope CREW goes to its own crews only, so without a crew only those of scope WORKSPACE count. One that stands for a
   * key kept elsewhere is named by the feature that keeps it only.
   */
  async hold(
    scope: Pick<WorkspaceScope, 'workspaceId'>,
    credentialId: string,
    crewId: string | null,
  ): Promise<string | null> {
    const rows = await this.prisma.client.$queryRaw<{ name: string }[]>`
      SELECT c."name" FROM "credentials" c
      WHERE c."id" = ${credentialId} AND c."workspace_id" = ${scope.workspaceId} AND c."deleted_at" IS NULL
        AND c."managed_by" IS NULL
        AND (c."scope" = 'WORKSPACE' OR EXISTS (
          SELECT 1 FROM "credential_crews" l WHERE l."credential_id" = c."id" AND l."crew_id" = ${crewId}))
      FOR SHARE OF c`;
    return rows[0]?.name ?? null;
  }
}
