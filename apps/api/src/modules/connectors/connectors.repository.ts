import { Injectable } from '@nestjs/common';
import type { Page, PageRequest, WorkspaceScope } from '#kernel';
import { Prisma, PrismaService } from '#prisma';
import type { Installation } from './connectors.types.js';

const made = (scope: WorkspaceScope) => Prisma.sql`
  SELECT id, name, display_name, enabled, NULL AS crew_id, endpoint, credential_id, origin_ref, created_at
  FROM workspace_integrations WHERE workspace_id = ${scope.workspaceId} AND origin = 'connector'
  UNION ALL
  SELECT r.id, r.name, r.display_name, r.enabled, r.crew_id, r.endpoint, r.credential_id, r.origin_ref, r.created_at
  FROM crew_integrations r JOIN crews c ON c.id = r.crew_id AND c.deleted_at IS NULL
  WHERE r.workspace_id = ${scope.workspaceId} AND r.origin = 'connector'`;

const columns = Prisma.sql`
  m.id AS "integrationId", m.name, coalesce(m.display_name, m.name) AS "displayName", m.enabled,
  m.crew_id AS "crewId", m.endpoint, k.id AS "credentialId", k.status AS "credentialStatus", m.created_at AS "createdAt"`;

const credential = Prisma.sql`LEFT JOIN credentials k ON k.id = m.credential_id AND k.deleted_at IS NULL`;

/** The rows that connectors made, at both levels. */
@Injectable()
export class ConnectorsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** How often each of the connectors is installed in the workspace; those that are not are left out. */
  async countInstallations(scope: WorkspaceScope, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows = await this.prisma.client.$queryRaw<{ id: string; count: number }[]>`
      SELECT m.origin_ref AS id, count(*)::int AS count FROM (${made(scope)}) m
      WHERE m.origin_ref = ANY(${[...ids]}::text[]) GROUP BY m.origin_ref`;
    return new Map(rows.map(({ id, count }) => [id, count]));
  }

  /** Installations of a connector, newest first, ties broken by id. */
  async findInstallations(scope: WorkspaceScope, connectorId: string, page: PageRequest): Promise<Page<Installation>> {
    const [total, items] = await Promise.all([
      this.countInstallations(scope, [connectorId]),
      this.prisma.client.$queryRaw<Installation[]>`
        SELECT ${columns} FROM (${made(scope)}) m ${credential} WHERE m.origin_ref = ${connectorId}
        ORDER BY m.created_at DESC, m.id DESC LIMIT ${page.limit} OFFSET ${page.offset}`,
    ]);
    return { items, total: total.get(connectorId) ?? 0 };
  }

  /** One installation of a connector; null when there is none of that id. */
  async findInstallation(scope: WorkspaceScope, connectorId: string, id: string): Promise<Installation | null> {
    const rows = await this.prisma.client.$queryRaw<Installation[]>`
      SELECT ${columns} FROM (${made(scope)}) m ${credential} WHERE m.origin_ref = ${connectorId} AND m.id = ${id}`;
    return rows[0] ?? null;
  }

  /** Keeps other installations in the workspace waiting until the transaction ends, so that each finds its own name. */
  async holdNames(scope: WorkspaceScope): Promise<void> {
    await this.prisma.client.$queryRaw<unknown[]>`
      SELECT 1 FROM workspaces WHERE id = ${scope.workspaceId} FOR NO KEY UPDATE`;
  }

  /** Whether the crew lives in the workspace; it is not deleted before the transaction ends. */
  async holdCrew(scope: WorkspaceScope, crewId: string): Promise<boolean> {
    const rows = await this.prisma.client.$queryRaw<unknown[]>`
      SELECT 1 FROM crews WHERE id = ${crewId} AND workspace_id = ${scope.workspaceId} AND deleted_at IS NULL FOR SHARE`;
    return rows.length > 0;
  }

  /** Names that begin so, of servers at either level: a crew's server of a workspace server's name would override it. */
  async findServerNames(scope: WorkspaceScope, prefix: string): Promise<ReadonlySet<string>> {
    const pattern = `${prefix.replace(/[\\%_]/g, '\\$&')}%`;
    const rows = await this.prisma.client.$queryRaw<{ name: string }[]>`
      SELECT name FROM workspace_integrations WHERE workspace_id = ${scope.workspaceId} AND name LIKE ${pattern}
      UNION SELECT name FROM crew_integrations WHERE workspace_id = ${scope.workspaceId} AND name LIKE ${pattern}`;
    return new Set(rows.map(({ name }) => name));
  }

  /** Marks credentials as made for an integration, to go with it. */
  async linkCredentials(scope: WorkspaceScope, ids: readonly string[], integrationId: string): Promise<void> {
    await this.prisma.client.credential.updateMany({
      where: { id: { in: [...ids] }, workspaceId: scope.workspaceId },
      data: { autoCreatedFor: integrationId },
    });
  }

  /** Says how the OAuth client of a credential proves itself at the token endpoint. */
  async updateTokenAuthMethod(scope: WorkspaceScope, credentialId: string, method: string): Promise<void> {
    await this.prisma.client.credential.updateMany({
      where: { id: credentialId, workspaceId: scope.workspaceId },
      data: { oauthTokenAuthMethod: method },
    });
  }
}
