import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import { PrismaService } from '#prisma';
import type { CredentialViewer } from './credential-viewer.js';

/** Which crews a credential is linked to. */
@Injectable()
export class CredentialCrewsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** Those of the ids that are live crews within the viewer's reach, kept alive until the transaction ends. */
  async holdLinkable(
    scope: WorkspaceScope,
    crewIds: readonly string[],
    viewer: CredentialViewer,
  ): Promise<ReadonlySet<string>> {
    if (crewIds.length === 0) return new Set();
    const member = viewer.all ? null : (viewer.userId ?? '');
    const rows = await this.prisma.client.$queryRaw<{ id: string }[]>`
      SELECT c.id FROM crews c
      WHERE c.id = ANY(${[...crewIds]}::text[]) AND c.workspace_id = ${scope.workspaceId} AND c.deleted_at IS NULL
        AND (${member}::text IS NULL
             OR EXISTS (SELECT 1 FROM crew_members m WHERE m.crew_id = c.id AND m.user_id = ${member}))
      ORDER BY c.id
      FOR SHARE OF c`;
    return new Set(rows.map((row) => row.id));
  }

  /** Makes these crews the credential's only ones. */
  async replace(credentialId: string, crewIds: readonly string[], now: Date): Promise<void> {
    await this.prisma.client.credentialCrew.deleteMany({ where: { credentialId, crewId: { notIn: [...crewIds] } } });
    if (crewIds.length === 0) return;
    await this.prisma.client.credentialCrew.createMany({
      data: crewIds.map((crewId) => ({ credentialId, crewId, createdAt: now })),
      skipDuplicates: true,
    });
  }
}
