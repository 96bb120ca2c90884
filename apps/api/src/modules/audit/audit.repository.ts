import { Injectable } from '@nestjs/common';
import type { Page, PageRequest, WorkspaceScope } from '#kernel';
import { Prisma, PrismaService } from '#prisma';
import type { AuditFilter, AuditRow } from './audit.types.js';
import { type AuditSource, nounsOfSource } from './audit-source.js';

/** Reads `audit_logs`. Its rows outlive the people they name, so the tables are joined by value. */
@Injectable()
export class AuditRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** One page of the workspace's rows, newest first, ties broken by id. */
  async findMany(scope: WorkspaceScope, filter: AuditFilter, page: PageRequest): Promise<Page<AuditRow>> {
    const where = Prisma.join(conditionsOf(scope, filter), ' AND ');
    const items = await this.prisma.client.$queryRaw<AuditRow[]>`
      SELECT l.id, l.workspace_id AS "workspaceId", l.user_id AS "userId", l.actor_type AS "actorType", l.action,
             l.entity_type AS "entityType", l.entity_id AS "entityId", l.entity_name AS "entityName", l.metadata,
             l.ip_address AS "ipAddress", l.user_agent AS "userAgent", l.request_id AS "requestId",
             l.created_at AS "createdAt", u.email AS "userEmail", u.full_name AS "userName"
      FROM audit_logs l LEFT JOIN users u ON u.id = l.user_id
      WHERE ${where}
      ORDER BY l.created_at DESC, l.id DESC LIMIT ${page.limit} OFFSET ${page.offset}`;
    const [counted] = await this.prisma.client.$queryRaw<{ total: number }[]>`
      SELECT count(*)::int AS total FROM audit_logs l LEFT JOIN users u ON u.id = l.user_id WHERE ${where}`;
    return { items, total: counted?.total ?? 0 };
  }
}

function conditionsOf(scope: WorkspaceScope, filter: AuditFilter): Prisma.Sql[] {
  const conditions = [Prisma.sql`l.workspace_id = ${scope.workspaceId}`];
  if (filter.action) conditions.push(Prisma.sql`l.action = ${filter.action}`);
  if (filter.entityType) conditions.push(Prisma.sql`l.entity_type = ${filter.entityType.toUpperCase()}`);
  if (filter.entityId) conditions.push(Prisma.sql`l.entity_id = ${filter.entityId}`);
  if (filter.userId) conditions.push(Prisma.sql`l.user_id = ${filter.userId}`);
  if (filter.from) conditions.push(Prisma.sql`l.created_at >= ${filter.from}`);
  if (filter.to) conditions.push(Prisma.sql`l.created_at <= ${filter.to}`);
  if (filter.search) conditions.push(mentioning(filter.search));
  if (filter.source) conditions.push(ofSource(filter.source));
  return conditions;
}

// strpos, because the words of a search are no pattern.
function mentioning(search: string): Prisma.Sql {
  return Prisma.sql`strpos(lower(concat_ws(chr(10), l.action, l.entity_type, u.email, u.full_name)), lower(${search})) > 0`;
}

function ofSource(source: AuditSource): Prisma.Sql {
  const nouns = nounsOfSource(source);
  return 'in' in nouns
    ? Prisma.sql`split_part(l.action, '.', 1) = ANY(${nouns.in}::text[])`
    : Prisma.sql`split_part(l.action, '.', 1) <> ALL(${nouns.notIn}::text[])`;
}
