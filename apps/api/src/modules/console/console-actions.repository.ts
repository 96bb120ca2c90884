import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import { Prisma, PrismaService } from '#prisma';
import type { ConsoleAction } from './console.types.js';
import type { RecordedTool, ToolSync } from './tool-sync.js';

/** The rows of `tool_bindings` that belong to servers made by the console. */
@Injectable()
export class ConsoleActionsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** The tools of all of the agent's integrations, or of one; by integration, newest first, then by name. */
  findMany(scope: WorkspaceScope, agentId: string, integrationId: string | null): Promise<ConsoleAction[]> {
    const one = integrationId === null ? Prisma.empty : Prisma.sql`AND c.id = ${integrationId}`;
    return this.prisma.client.$queryRaw<ConsoleAction[]>`
      SELECT t.id, s.id AS "integrationId", s.display_name AS "integrationName", t.tool_name AS "toolName", t.title,
        t.description, t.enabled
      FROM console_integrations c
      JOIN workspace_integrations s ON s.id = c.id
      JOIN tool_bindings t ON t.workspace_integration_id = s.id
      WHERE c.agent_id = ${agentId} AND c.workspace_id = ${scope.workspaceId} AND c.deleted_at IS NULL ${one}
      ORDER BY c.created_at DESC, c.id, t.tool_name COLLATE "C", t.id`;
  }

  /**
   * Switches those of the tools that belong to the agent, and answers their ids. One that its server no longer lists
   * stays off, and comes back as it was switched last.
   */
  async switch(
    scope: WorkspaceScope,
    agentId: string,
    ids: readonly string[],
    enabled: boolean,
    now: Date,
  ): Promise<string[]> {
    const rows = await this.prisma.client.$queryRaw<{ id: string }[]>`
      UPDATE tool_bindings SET enabled = ${enabled} AND missing_since IS NULL, updated_at = ${now},
        restore_when_listed = ${enabled} AND missing_since IS NOT NULL
      WHERE workspace_id = ${scope.workspaceId} AND id IN (
        SELECT t.id FROM tool_bindings t
        JOIN console_integrations c ON c.id = t.workspace_integration_id AND c.agent_id = ${agentId} AND c.deleted_at IS NULL
        WHERE t.id = ANY(${[...ids]}::text[]) ORDER BY t.id FOR UPDATE OF t)
      RETURNING id`;
    return rows.map(({ id }) => id);
  }

  /**
   * Everything that is recorded of a server's tools, and nobody turns a switch of them before the transaction ends; null
   * when the server is gone. Rows are held in the order in which {@link switch} takes them, and behind the server, as whoever
   * removes it does.
   */
  async holdRecorded(scope: WorkspaceScope, serverId: string): Promise<RecordedTool[] | null> {
    const servers = await this.prisma.client.$queryRaw<unknown[]>`
      SELECT 1 FROM workspace_integrations WHERE id = ${serverId} AND workspace_id = ${scope.workspaceId} FOR KEY SHARE`;
    if (servers.length === 0) return null;
    return this.prisma.client.$queryRaw<RecordedTool[]>`
      SELECT id, tool_name AS "toolName", title, description, schema_hash AS "schemaHash", enabled,
        missing_since AS "missingSince", restore_when_listed AS "restoreWhenListed"
      FROM tool_bindings
      WHERE workspace_id = ${scope.workspaceId} AND workspace_integration_id = ${serverId}
      ORDER BY id FOR UPDATE`;
  }

  /** Writes what a listing means, in three statements at most. `nextId` makes the ids of new rows. */
  async apply(scope: WorkspaceScope, serverId: string, sync: ToolSync, given: { nextId: () => string; now: Date }) {
    const { workspaceId } = scope;
    const { now, nextId } = given;
    if (sync.created.length > 0) {
      await this.prisma.client.toolBinding.createMany({
        data: sync.created.map(({ name, description, title, schemaHash }) => ({
          id: nextId(),
          workspaceId,
          workspaceIntegrationId: serverId,
          toolName: name,
          description,
          title,
          schemaHash,
          createdAt: now,
          updatedAt: now,
        })),
      });
    }
    if (sync.updated.length > 0) await this.#update(workspaceId, sync.updated, now);
    if (sync.missing.length > 0) await this.#miss(workspaceId, sync.missing, now);
  }

  async #update(workspaceId: string, updated: ToolSync['updated'], now: Date): Promise<void> {
    const ids = updated.map(({ id }) => id);
    const titles = updated.map(({ tool }) => tool.title);
    const descriptions = updated.map(({ tool }) => tool.description);
    const hashes = updated.map(({ tool }) => tool.schemaHash);
    const switches = updated.map(({ enabled }) => enabled);
    await this.prisma.client.$executeRaw`
      UPDATE tool_bindings t SET title = u.title, description = u.description, schema_hash = u.hash, enabled = u.enabled,
        missing_since = NULL, restore_when_listed = false, updated_at = ${now}
      FROM unnest(${ids}::text[], ${titles}::text[], ${descriptions}::text[], ${hashes}::text[], ${switches}::boolean[])
        AS u(id, title, description, hash, enabled)
      WHERE t.id = u.id AND t.workspace_id = ${workspaceId}`;
  }

  async #miss(workspaceId: string, missing: ToolSync['missing'], now: Date): Promise<void> {
    const ids = missing.map(({ id }) => id);
    await this.prisma.client.$executeRaw`
      UPDATE tool_bindings SET restore_when_listed = enabled, enabled = false, missing_since = ${now}, updated_at = ${now}
      WHERE workspace_id = ${workspaceId} AND id = ANY(${ids}::text[])`;
  }
}
