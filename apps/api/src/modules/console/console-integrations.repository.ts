import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import { Prisma, PrismaService } from '#prisma';
import { type AuthType, authTypes, type ConsoleServer } from './console.types.js';

/** An agent as the console's writes see it. */
export interface ConsoleAgent {
  id: string;
  workflowId: string | null;
}

/** What stands at the path of one integration. */
export interface FoundIntegration {
  server: ConsoleServer | null;
  /** Whether the agent has a server of that id which the console did not make. */
  otherType: boolean;
}

type ServerRow = Omit<ConsoleServer, 'authType'> & { authType: string };

const columns = Prisma.sql`
  s.id, c.agent_id AS "agentId", s.display_name AS "name", s.endpoint AS "serverUrl", s.config_json AS "configJson",
  CASE WHEN s.credential_id IS NULL THEN 'none' WHEN coalesce(s.cred_type, 'bearer') = 'bearer' THEN 'bearer'
       WHEN s.cred_type = 'basic' THEN 'basic' WHEN c.auth_type = 'custom' THEN 'custom' ELSE 'api_key' END AS "authType",
  s.credential_id AS "credentialId", (s.enabled AND coalesce(b.enabled, false)) AS "enabled",
  c.last_connected_ok AS "lastConnectedOk", s.updated_at AS "updatedAt"`;

// How a reference to a credential begins in JSON, which may write a brace as an escape.
const reference = '(\\{|\\\\u007b){2}';

const liveServer = Prisma.sql`
  console_integrations c JOIN workspace_integrations s ON s.id = c.id
  LEFT JOIN agent_bindings b ON b.agent_id = c.agent_id AND b.workspace_integration_id = c.id`;

/** The rows of `console_integrations`, with the servers that they speak of. */
@Injectable()
export class ConsoleIntegrationsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** A live agent of the workspace. */
  findAgent(scope: WorkspaceScope, agentId: string): Promise<ConsoleAgent | null> {
    return this.prisma.client.agent.findFirst({
      where: { id: agentId, workspaceId: scope.workspaceId, deletedAt: null },
      select: { id: true, workflowId: true },
    });
  }

  /** The same, kept from deletion until the transaction ends. */
  async holdAgent(scope: WorkspaceScope, agentId: string): Promise<ConsoleAgent | null> {
    const rows = await this.prisma.client.$queryRaw<ConsoleAgent[]>`
      SELECT id, workflow_id AS "workflowId" FROM agents
      WHERE id = ${agentId} AND workspace_id = ${scope.workspaceId} AND deleted_at IS NULL FOR SHARE`;
    return rows[0] ?? null;
  }

  /** All servers that the console made for an agent, newest first. */
  async findMany(scope: WorkspaceScope, agentId: string): Promise<ConsoleServer[]> {
    const rows = await this.prisma.client.$queryRaw<ServerRow[]>`
      SELECT ${columns} FROM ${liveServer}
      WHERE c.agent_id = ${agentId} AND c.workspace_id = ${scope.workspaceId} AND c.deleted_at IS NULL
      ORDER BY c.created_at DESC, c.id`;
    return rows.map(toDomain);
  }

  /** One integration of a live agent; null without such an agent. */
  async find(scope: WorkspaceScope, agentId: string, id: string): Promise<FoundIntegration | null> {
    const rows = await this.prisma.client.$queryRaw<(Partial<ServerRow> & { otherType: boolean })[]>`
      SELECT m.*, EXISTS (
        SELECT 1 FROM agent_bindings o WHERE o.agent_id = a.id AND m.id IS NULL
          AND (o.workspace_integration_id = ${id} OR o.crew_integration_id = ${id})
          AND NOT EXISTS (SELECT 1 FROM console_integrations k WHERE k.id = ${id})) AS "otherType"
      FROM agents a
      LEFT JOIN LATERAL (
        SELECT ${columns} FROM ${liveServer} WHERE c.id = ${id} AND c.agent_id = a.id AND c.deleted_at IS NULL
      ) m ON true
      WHERE a.id = ${agentId} AND a.workspace_id = ${scope.workspaceId} AND a.deleted_at IS NULL`;
    const [row] = rows;
    if (!row) return null;
    return { server: row.id ? toDomain(row as ServerRow) : null, otherType: row.otherType };
  }

  /** Keeps everybody else from changing the integration through the console before the transaction ends. */
  async lock(scope: WorkspaceScope, id: string): Promise<void> {
    await this.prisma.client.$queryRaw`
      SELECT 1 FROM console_integrations WHERE id = ${id} AND workspace_id = ${scope.workspaceId} FOR UPDATE`;
  }

  /**
   * Whether the workspace's plan has room for another integration. Nobody else adds one before the transaction ends.
   * Counted are those of live agents.
   */
  async hasRoomAndHold(scope: WorkspaceScope): Promise<boolean> {
    const { client } = this.prisma;
    const [workspace] = await client.$queryRaw<{ limit: number | null }[]>`
      SELECT integration_limit AS "limit" FROM workspaces WHERE id = ${scope.workspaceId} FOR NO KEY UPDATE`;
    const limit = workspace?.limit ?? null;
    if (limit === null) return true;
    const [count] = await client.$queryRaw<{ used: number }[]>`
      SELECT count(*)::int AS used FROM console_integrations c
      JOIN workspace_integrations s ON s.id = c.id
      JOIN agents a ON a.id = c.agent_id AND a.deleted_at IS NULL
      WHERE c.workspace_id = ${scope.workspaceId} AND c.deleted_at IS NULL`;
    return (count?.used ?? 0) < limit;
  }

  /** Notes that the console made a server. */
  async insert(
    scope: WorkspaceScope,
    row: { id: string; agentId: string; authType: AuthType; createdAt: Date },
  ): Promise<void> {
    await this.prisma.client.consoleIntegration.create({
      data: { ...row, workspaceId: scope.workspaceId },
      select: { id: true },
    });
  }

  /** Notes how the server is told who calls. */
  async setAuthType(scope: WorkspaceScope, id: string, authType: AuthType): Promise<void> {
    await this.#update(scope, id, { authType });
  }

  /** Notes that the server was removed. */
  async markDeleted(scope: WorkspaceScope, id: string, deletedAt: Date): Promise<void> {
    await this.#update(scope, id, { deletedAt });
  }

  /** Notes that the server's tools were recorded. */
  async noteDiscovery(scope: WorkspaceScope, id: string, lastDiscoveredAt: Date): Promise<void> {
    await this.#update(scope, id, { lastDiscoveredAt });
  }

  /** Notes how a connection ended, unless the server was changed since: then it says nothing of the server as it is now. */
  async noteConnection(scope: WorkspaceScope, { id, updatedAt }: ConsoleServer, ok: boolean, now: Date): Promise<void> {
    await this.prisma.client.$executeRaw`
      UPDATE console_integrations c SET last_connected_at = ${now}, last_connected_ok = ${ok}
      FROM workspace_integrations s
      WHERE c.id = ${id} AND c.workspace_id = ${scope.workspaceId} AND s.id = c.id AND s.updated_at = ${updatedAt}`;
  }

  /** Forgets how the last connection ended: the server is reached in another way now. */
  async forgetConnection(scope: WorkspaceScope, id: string): Promise<void> {
    await this.#update(scope, id, { lastConnectedAt: null, lastConnectedOk: null });
  }

  /**
   * Whether more is sent to the server than the console has stored: credentials or sealed settings of bindings and of crews,
   * or references to credentials among the settings.
   */
  async sendsOthersSecrets(scope: WorkspaceScope, id: string): Promise<boolean> {
    const [row] = await this.prisma.client.$queryRaw<{ found: boolean }[]>`
      SELECT EXISTS (
        SELECT 1 FROM workspace_integrations s
        WHERE s.id = ${id} AND s.workspace_id = ${scope.workspaceId} AND s.config_json ~* ${reference}
      ) OR EXISTS (
        SELECT 1 FROM agent_bindings b
        WHERE b.workspace_integration_id = ${id} AND b.workspace_id = ${scope.workspaceId} AND
          (b.credential_id IS NOT NULL OR b.sealed_literals IS NOT NULL OR b.config_override_json ~* ${reference})
      ) OR EXISTS (
        SELECT 1 FROM crew_integrations k
        WHERE k.workspace_integration_id = ${id} AND k.workspace_id = ${scope.workspaceId} AND k.endpoint IS NULL AND
          (k.credential_id IS NOT NULL OR k.sealed_literals IS NOT NULL OR k.config_json ~* ${reference})
      ) AS found`;
    return row?.found ?? false;
  }

  /** Says that a credential goes with the integration. */
  async tieCredential(scope: WorkspaceScope, credentialId: string, id: string): Promise<void> {
    await this.prisma.client.credential.updateMany({
      where: { id: credentialId, workspaceId: scope.workspaceId },
      data: { autoCreatedFor: id },
    });
  }

  async #update(
    scope: WorkspaceScope,
    id: string,
    data: Prisma.ConsoleIntegrationUpdateManyMutationInput,
  ): Promise<void> {
    await this.prisma.client.consoleIntegration.updateMany({ where: { id, workspaceId: scope.workspaceId }, data });
  }
}

function toDomain(row: ServerRow): ConsoleServer {
  return { ...row, authType: authTypes.find((type) => type === row.authType) ?? 'none' };
}
