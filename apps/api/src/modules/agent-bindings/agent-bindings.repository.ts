import { Injectable } from '@nestjs/common';
import type { Page, PageRequest, WorkspaceScope } from '#kernel';
import { isUniqueViolation, Prisma, PrismaService } from '#prisma';
import { agentBindingErrors } from './agent-bindings.errors.js';
import type { AgentBinding, DetailedAgentBinding } from './agent-bindings.types.js';

// One statement with all names: relations that are loaded one by one cost a round trip each.
const details = Prisma.sql`
  SELECT b."id", b."workspace_id" AS "workspaceId", b."agent_id" AS "agentId",
    b."workspace_integration_id" AS "workspaceIntegrationId", b."crew_integration_id" AS "crewIntegrationId",
    b."credential_id" AS "credentialId", b."cred_type" AS "credType", b."cred_header" AS "credHeader",
    b."env_var_name" AS "envVarName", b."enabled", b."config_override_json" AS "configOverrideJson",
    b."created_at" AS "createdAt", b."updated_at" AS "updatedAt", a."crew_id" AS "agentCrewId",
    COALESCE(w."name", c."name") AS "serverName",
    COALESCE(w."display_name", c."display_name", p."display_name", c."name") AS "serverDisplayName",
    k."name" AS "credentialName"
  FROM "agent_bindings" b
  JOIN "agents" a ON a."id" = b."agent_id"
  LEFT JOIN "workspace_integrations" w ON w."id" = b."workspace_integration_id"
  LEFT JOIN "crew_integrations" c ON c."id" = b."crew_integration_id"
  LEFT JOIN "workspace_integrations" p ON p."id" = c."workspace_integration_id"
  LEFT JOIN "credentials" k ON k."id" = b."credential_id" AND k."deleted_at" IS NULL`;

type Row = Omit<DetailedAgentBinding, 'server' | 'credType'> & {
  workspaceIntegrationId: string | null;
  crewIntegrationId: string | null;
  credType: string;
};

/** What a new row is made of. */
export type NewAgentBinding = AgentBinding & { sealedLiterals: string | null };

/** What a change writes; members that are undefined stay. */
export type AgentBindingChange = Partial<
  Pick<
    NewAgentBinding,
    'credentialId' | 'credType' | 'credHeader' | 'envVarName' | 'enabled' | 'configOverrideJson' | 'sealedLiterals'
  >
> & { updatedAt: Date };

/** The rows of `agent_bindings`. */
@Injectable()
export class AgentBindingsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** One page of an agent's bindings, newest first. */
  async findMany(scope: WorkspaceScope, agentId: string, page: PageRequest): Promise<Page<DetailedAgentBinding>> {
    const where = { workspaceId: scope.workspaceId, agentId };
    const rows = await this.prisma.client.$queryRaw<Row[]>`${details}
      WHERE b."agent_id" = ${agentId} AND b."workspace_id" = ${scope.workspaceId}
      ORDER BY b."created_at" DESC, b."id" DESC LIMIT ${page.limit} OFFSET ${page.offset}`;
    return { items: rows.map(toDomain), total: await this.prisma.client.agentBinding.count({ where }) };
  }

  /** One binding of an agent. */
  async findById(scope: WorkspaceScope, agentId: string, id: string): Promise<DetailedAgentBinding | null> {
    const [row] = await this.prisma.client.$queryRaw<Row[]>`${details}
      WHERE b."id" = ${id} AND b."agent_id" = ${agentId} AND b."workspace_id" = ${scope.workspaceId}`;
    return row ? toDomain(row) : null;
  }

  /**
   * The binding of a live agent that a path names by its own id, or by the id of its server where only one binding has
   * it. Nobody else changes it before the transaction ends.
   */
  async findNamedForUpdate(scope: WorkspaceScope, agentId: string, name: string): Promise<DetailedAgentBinding | null> {
    const found = await this.prisma.client.$queryRaw<Row[]>`${details}
      WHERE b."agent_id" = ${agentId} AND b."workspace_id" = ${scope.workspaceId} AND a."deleted_at" IS NULL
        AND (b."id" = ${name} OR b."workspace_integration_id" = ${name} OR b."crew_integration_id" = ${name})
      FOR UPDATE OF b`;
    const chosen = found.find(({ id }) => id === name) ?? (found.length === 1 ? found[0] : undefined);
    return chosen ? toDomain(chosen) : null;
  }

  /** The row's sealed literals, for the one who writes them anew. */
  async findSealedLiterals(scope: WorkspaceScope, id: string): Promise<string | null> {
    const row = await this.prisma.client.agentBinding.findFirst({
      where: { id, workspaceId: scope.workspaceId },
      select: { sealedLiterals: true },
    });
    return row?.sealedLiterals ?? null;
  }

  /** @throws AppError `agent_binding.taken` when the agent has a binding for the server. */
  async insert(scope: WorkspaceScope, { server, ...row }: NewAgentBinding): Promise<void> {
    const target = server.scope === 'crew' ? { crewIntegrationId: server.id } : { workspaceIntegrationId: server.id };
    try {
      await this.prisma.client.agentBinding.create({
        data: { ...row, ...target, workspaceId: scope.workspaceId },
        select: { id: true },
      });
    } catch (cause) {
      throw isUniqueViolation(cause) ? agentBindingErrors.taken({ cause }) : cause;
    }
  }

  /** Writes a change. False when there is no such row in the workspace. */
  async update(scope: WorkspaceScope, id: string, change: AgentBindingChange): Promise<boolean> {
    const { count } = await this.prisma.client.agentBinding.updateMany({
      where: { id, workspaceId: scope.workspaceId },
      data: change,
    });
    return count > 0;
  }

  /** Removes the row. False when it was not there. */
  async remove(scope: WorkspaceScope, id: string): Promise<boolean> {
    const { count } = await this.prisma.client.agentBinding.deleteMany({
      where: { id, workspaceId: scope.workspaceId },
    });
    return count > 0;
  }
}

function toDomain({ workspaceIntegrationId, crewIntegrationId, ...row }: Row): DetailedAgentBinding {
  return {
    ...row,
    credType: row.credType === 'api_key' || row.credType === 'basic' ? row.credType : 'bearer',
    server:
      crewIntegrationId === null
        ? { scope: 'workspace', id: workspaceIntegrationId ?? '' }
        : { scope: 'crew', id: crewIntegrationId },
  };
}
