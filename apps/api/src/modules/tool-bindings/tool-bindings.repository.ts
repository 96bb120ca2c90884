import { Injectable } from '@nestjs/common';
import type { Page, PageRequest, WorkspaceScope } from '#kernel';
import { type Prisma, PrismaService } from '#prisma';
import type { SeenTool, ToolBinding } from './tool-bindings.types.js';

const columns = {
  id: true,
  toolName: true,
  description: true,
  enabled: true,
  createdAt: true,
  updatedAt: true,
} satisfies Prisma.ToolBindingSelect;

/** What an upsert writes. Members that are undefined stay, or take the defaults of a new row. */
export interface ToolChange {
  /** Id for the row if it does not exist yet. */
  id: string;
  enabled: boolean | undefined;
  description: string | null | undefined;
  now: Date;
}

/** The rows of `tool_bindings` that belong to crews' servers. */
@Injectable()
export class ToolBindingsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** Whether this live crew of the workspace has this server. */
  async hasServer(scope: WorkspaceScope, crewId: string, serverId: string): Promise<boolean> {
    const server = await this.prisma.client.crewIntegration.findFirst({
      where: { id: serverId, crewId, workspaceId: scope.workspaceId, crew: { deletedAt: null } },
      select: { id: true },
    });
    return server !== null;
  }

  /** The same, and the server is not removed before the transaction ends. */
  async holdServer(scope: WorkspaceScope, crewId: string, serverId: string): Promise<boolean> {
    const rows = await this.prisma.client.$queryRaw<unknown[]>`
      SELECT 1 FROM "crew_integrations" s
      JOIN "crews" c ON c."id" = s."crew_id" AND c."deleted_at" IS NULL
      WHERE s."id" = ${serverId} AND s."crew_id" = ${crewId} AND s."workspace_id" = ${scope.workspaceId}
      FOR KEY SHARE OF s`;
    return rows.length > 0;
  }

  /** One page of a server's tools, by name. */
  async findMany(scope: WorkspaceScope, serverId: string, page: PageRequest): Promise<Page<ToolBinding>> {
    const where = { workspaceId: scope.workspaceId, crewIntegrationId: serverId };
    const items = await this.prisma.client.toolBinding.findMany({
      where,
      select: columns,
      orderBy: [{ toolName: 'asc' }, { id: 'asc' }],
      take: page.limit,
      skip: page.offset,
    });
    return { items, total: await this.prisma.client.toolBinding.count({ where }) };
  }

  /** One tool of a server. */
  findByName(scope: WorkspaceScope, serverId: string, toolName: string): Promise<ToolBinding | null> {
    return this.prisma.client.toolBinding.findFirst({
      where: { workspaceId: scope.workspaceId, crewIntegrationId: serverId, toolName },
      select: columns,
    });
  }

  /** Records a tool or changes it, in one statement: of two callers at once the second finds the row of the first. */
  async upsert(scope: WorkspaceScope, serverId: string, toolName: string, change: ToolChange): Promise<ToolBinding> {
    const { id, now, enabled = null, description = null } = change;
    const described = change.description !== undefined;
    const [row] = await this.prisma.client.$queryRaw<[ToolBinding]>`
      INSERT INTO "tool_bindings" AS t ("id", "workspace_id", "crew_integration_id", "tool_name", "description", "enabled",
        "created_at", "updated_at")
      VALUES (${id}, ${scope.workspaceId}, ${serverId}, ${toolName}, ${description}, COALESCE(${enabled}::boolean, true),
        ${now}, ${now})
      ON CONFLICT ("crew_integration_id", "tool_name") DO UPDATE SET
        "enabled" = COALESCE(${enabled}::boolean, t."enabled"),
        "description" = CASE WHEN ${described} THEN EXCLUDED."description" ELSE t."description" END,
        "updated_at" = EXCLUDED."updated_at"
      RETURNING t."id", t."tool_name" AS "toolName", t."description", t."enabled", t."created_at" AS "createdAt",
        t."updated_at" AS "updatedAt"`;
    return row;
  }

  /**
   * Records all tools of a list in one statement: new ones enabled, known ones with a new description where there is one.
   * A row was made by this call if it has the id that this call brought.
   */
  async merge(
    scope: WorkspaceScope,
    serverId: string,
    tools: readonly (SeenTool & { id: string })[],
    now: Date,
  ): Promise<{ created: number; updated: number }> {
    const ids = tools.map((tool) => tool.id);
    const names = tools.map((tool) => tool.name);
    const descriptions = tools.map((tool) => tool.description);
    const [counts] = await this.prisma.client.$queryRaw<[{ created: number; updated: number }]>`
      WITH incoming AS (
        SELECT * FROM unnest(${ids}::text[], ${names}::text[], ${descriptions}::text[]) AS i("id", "name", "description")
      ), written AS (
        INSERT INTO "tool_bindings" AS t ("id", "workspace_id", "crew_integration_id", "tool_name", "description",
          "enabled", "created_at", "updated_at")
        SELECT i."id", ${scope.workspaceId}, ${serverId}, i."name", i."description", true, ${now}, ${now}
        FROM incoming i ORDER BY i."name"
        ON CONFLICT ("crew_integration_id", "tool_name") DO UPDATE SET
          "description" = COALESCE(EXCLUDED."description", t."description"), "updated_at" = EXCLUDED."updated_at"
        RETURNING t."id"
      )
      SELECT count(i."id")::int AS "created", (count(*) - count(i."id"))::int AS "updated"
      FROM written w LEFT JOIN incoming i ON i."id" = w."id"`;
    return counts;
  }
}
