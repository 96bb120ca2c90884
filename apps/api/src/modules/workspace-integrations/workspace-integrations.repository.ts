import { Injectable } from '@nestjs/common';
import type { Page, PageRequest, WorkspaceScope } from '#kernel';
import { isUniqueViolation, Prisma, PrismaService } from '#prisma';
import { integrationErrors } from './workspace-integrations.errors.js';
import type { CountedWorkspaceIntegration, WorkspaceIntegration } from './workspace-integrations.types.js';

// Counted per row of the page: an aggregate over the relation would read every binding of every workspace.
const counts = Prisma.sql`
  (SELECT count(*)::int FROM agent_bindings b JOIN agents a ON a.id = b.agent_id AND a.deleted_at IS NULL
   WHERE b.workspace_integration_id = s.id) AS "agentBindingCount",
  (SELECT count(*)::int FROM crew_integrations c WHERE c.workspace_integration_id = s.id) AS "crewServerCount"`;

const credentialName = Prisma.sql`
  (SELECT k.name FROM credentials k WHERE k.id = s.credential_id AND k.deleted_at IS NULL) AS "credentialName"`;

const columns = Prisma.sql`
  s.id, s.workspace_id AS "workspaceId", s.name, s.display_name AS "displayName", s.transport, s.endpoint, s.command,
  s.args_json AS "argsJson", s.env_json AS "envJson", s.config_json AS "configJson", s.icon, s.enabled, s.locked,
  s.visibility, s.credential_id AS "credentialId", s.cred_type AS "credType", s.cred_header AS "credHeader",
  s.env_var_name AS "envVarName", s.origin, s.origin_ref AS "originRef", s.created_at AS "createdAt", s.updated_at AS "updatedAt"`;

/** What a new row is made of. */
export type NewWorkspaceIntegration = WorkspaceIntegration & { sealedLiterals: string | null };

/** What a change writes; members that are undefined stay. */
export type WorkspaceIntegrationChange = Partial<
  Omit<NewWorkspaceIntegration, 'id' | 'workspaceId' | 'name' | 'createdAt'>
> & { updatedAt: Date };

/** The rows of `workspace_integrations`. */
@Injectable()
export class WorkspaceIntegrationsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** One page, newest first, ties broken by id. */
  async findMany(scope: WorkspaceScope, page: PageRequest): Promise<Page<CountedWorkspaceIntegration>> {
    const rows = await this.prisma.client.$queryRaw<(CountedWorkspaceIntegration & { total: number })[]>`
      SELECT ${columns}, ${credentialName}, ${counts}, t.total
      FROM (SELECT count(*)::int AS total FROM workspace_integrations WHERE workspace_id = ${scope.workspaceId}) t
      LEFT JOIN LATERAL (
        SELECT * FROM workspace_integrations WHERE workspace_id = ${scope.workspaceId}
        ORDER BY created_at DESC, id DESC LIMIT ${page.limit} OFFSET ${page.offset}
      ) s ON true
      ORDER BY s.created_at DESC, s.id DESC`;
    // A page behind the end still tells the total, in a row of its own without an integration.
    return {
      items: rows.filter((row) => row.id !== null).map(({ total: _, ...row }) => row),
      total: rows[0]?.total ?? 0,
    };
  }

  /** One row of the scope's workspace. */
  async findById(scope: WorkspaceScope, id: string): Promise<CountedWorkspaceIntegration | null> {
    const rows = await this.prisma.client.$queryRaw<CountedWorkspaceIntegration[]>`
      SELECT ${columns}, ${credentialName}, ${counts}
      FROM workspace_integrations s WHERE s.id = ${id} AND s.workspace_id = ${scope.workspaceId}`;
    return rows[0] ?? null;
  }

  /** Keeps everybody else from changing or removing the row before the transaction ends. */
  async hold(scope: WorkspaceScope, id: string): Promise<void> {
    await this.prisma.client.$queryRaw`
      SELECT 1 FROM "workspace_integrations" WHERE "id" = ${id} AND "workspace_id" = ${scope.workspaceId} FOR UPDATE`;
  }

  /** The row's sealed literals, for the one who writes them anew. */
  async findSealedLiterals(scope: WorkspaceScope, id: string): Promise<string | null> {
    const row = await this.prisma.client.workspaceIntegration.findFirst({
      where: { id, workspaceId: scope.workspaceId },
      select: { sealedLiterals: true },
    });
    return row?.sealedLiterals ?? null;
  }

  /** Ids of the crew rows that are linked to the server. */
  async findCrewRowIds(scope: WorkspaceScope, id: string): Promise<string[]> {
    const rows = await this.prisma.client.crewIntegration.findMany({
      where: { workspaceId: scope.workspaceId, workspaceIntegrationId: id },
      select: { id: true },
    });
    return rows.map((row) => row.id);
  }

  /** @throws AppError `integration.name_taken` when the workspace has the name. */
  async insert(scope: WorkspaceScope, row: NewWorkspaceIntegration): Promise<void> {
    try {
      await this.prisma.client.workspaceIntegration.create({
        data: { ...row, workspaceId: scope.workspaceId },
        select: { id: true },
      });
    } catch (cause) {
      throw isUniqueViolation(cause) ? integrationErrors.nameTaken({ cause }) : cause;
    }
  }

  /** Writes a change. False when there is no such row in the workspace. */
  async update(scope: WorkspaceScope, id: string, change: WorkspaceIntegrationChange): Promise<boolean> {
    const { count } = await this.prisma.client.workspaceIntegration.updateMany({
      where: { id, workspaceId: scope.workspaceId },
      data: change,
    });
    return count > 0;
  }

  /** Removes the row; linked crew rows, bindings and tool rows go with it by foreign key. False when it was not there. */
  async remove(scope: WorkspaceScope, id: string): Promise<boolean> {
    const { count } = await this.prisma.client.workspaceIntegration.deleteMany({
      where: { id, workspaceId: scope.workspaceId },
    });
    return count > 0;
  }
}
