import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import { PrismaService } from '#prisma';
import type { BindingFacts } from './crew-integrations.types.js';

/** What bindings and credentials say about crew rows. */
@Injectable()
export class BindingFactsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /**
   * The facts of all the given rows, in one query; rows without bindings are absent. Bindings of the crew's agents to the
   * linked workspace server count for its credentials too: they follow the server through the override.
   */
  async findByServer(scope: WorkspaceScope, serverIds: readonly string[]): Promise<ReadonlyMap<string, BindingFacts>> {
    if (serverIds.length === 0) return new Map();
    const rows = await this.prisma.client.$queryRaw<({ id: string } & BindingFacts)[]>`
      SELECT s."id",
        count(*) FILTER (WHERE b."own")::int AS "agentBindingCount",
        count(c."id")::int AS "credentialCount",
        count(c."id") FILTER (WHERE c."status" IN ('EXPIRED', 'ERROR', 'REVOKED'))::int AS "brokenCredentialCount"
      FROM "crew_integrations" s
      CROSS JOIN LATERAL (
        SELECT o."agent_id", o."credential_id", true AS "own" FROM "agent_bindings" o
          WHERE o."crew_integration_id" = s."id"
        UNION ALL
        SELECT w."agent_id", w."credential_id", false FROM "agent_bindings" w
          WHERE w."workspace_integration_id" = s."workspace_integration_id"
      ) b
      JOIN "agents" a ON a."id" = b."agent_id" AND a."deleted_at" IS NULL AND (b."own" OR a."crew_id" = s."crew_id")
      LEFT JOIN "credentials" c ON c."id" = b."credential_id" AND c."deleted_at" IS NULL
      WHERE s."workspace_id" = ${scope.workspaceId} AND s."id" = ANY(${[...serverIds]}::text[])
      GROUP BY s."id"`;
    return new Map(rows.map(({ id, ...facts }) => [id, facts]));
  }
}
