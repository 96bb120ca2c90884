import { Injectable } from '@nestjs/common';
import type { JsonObject, Page, PageRequest, WorkspaceScope } from '#kernel';
import { Prisma, PrismaService } from '#prisma';
import {
  type Approval,
  type ApprovalDecision,
  type ApprovalFilter,
  approvalStatuses,
  expiredBy,
  type NamedApproval,
} from './approvals.types.js';

const columns = {
  id: true,
  workspaceId: true,
  agentId: true,
  taskId: true,
  action: true,
  reason: true,
  context: true,
  status: true,
  decidedBy: true,
  decidedByUserId: true,
  decidedAt: true,
  expiresAt: true,
  escalatedTo: true,
  createdAt: true,
} satisfies Prisma.ApprovalSelect;

type Row = Prisma.ApprovalGetPayload<{ select: typeof columns }>;
type Tenant = Pick<WorkspaceScope, 'workspaceId'>;

/** Who decided what, and when. */
export interface Verdict {
  decision: ApprovalDecision;
  decidedBy: string;
  decidedByUserId: string | null;
  now: Date;
}

/** The rows of `approvals`. */
@Injectable()
export class ApprovalsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** Whether the agent is a live one of the workspace. */
  async hasAgent({ workspaceId }: Tenant, id: string): Promise<boolean> {
    return (await this.prisma.client.agent.count({ where: { id, workspaceId, deletedAt: null } })) > 0;
  }

  /**
   * How many requests of the workspace wait. Nobody else counts them until the transaction ends, so that no two take the last
   * place.
   */
  async countWaiting({ workspaceId }: Tenant, now: Date): Promise<number> {
    const key = `approvals:${workspaceId}`;
    await this.prisma.client.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`;
    return this.prisma.client.approval.count({ where: { workspaceId, ...standing('pending', now) } });
  }

  /** Adds a request. */
  async insert(approval: Approval): Promise<void> {
    const { context, ...row } = approval;
    await this.prisma.client.approval.create({
      data: { ...row, context: context as Prisma.InputJsonObject },
      select: { id: true },
    });
  }

  /** An approval of the workspace, or one that was escalated to it where `withEscalated`. */
  async find(scope: Tenant, id: string, withEscalated: boolean): Promise<Approval | null> {
    const row = await this.prisma.client.approval.findFirst({
      where: { id, ...(withEscalated ? { OR: [own(scope), escalated(scope)] } : own(scope)) },
      select: columns,
    });
    return row && toDomain(row);
  }

  /** One page, newest first, ties broken by id. `now` says which of those without a decision are over. */
  async findMany(scope: Tenant, filter: ApprovalFilter, now: Date, page: PageRequest): Promise<Page<Approval>> {
    const where = { AND: [filter.isEscalated ? escalated(scope) : own(scope), standing(filter.status, now)] };
    const rows = await this.prisma.client.approval.findMany({ where, select: columns, ...newestFirst(page) });
    return { items: rows.map(toDomain), total: await this.prisma.client.approval.count({ where }) };
  }

  /** One page of what waits in any workspace, newest first, ties broken by id. */
  async findPending(now: Date, page: PageRequest): Promise<Page<NamedApproval>> {
    const where = { ...standing('pending', now), workspace: { deletedAt: null } };
    const rows = await this.prisma.client.approval.findMany({
      where,
      select: { ...columns, workspace: { select: { name: true } } },
      ...newestFirst(page),
    });
    const items = rows.map(({ workspace, ...row }) => ({ ...toDomain(row), workspaceName: workspace.name }));
    return { items, total: await this.prisma.client.approval.count({ where }) };
  }

  /**
   * Decides one that waits. Of any number who try at once, one gets the approval and all others null. `escalatedTo` is null when
   * that workspace is not above any more.
   */
  async decide({ workspaceId }: Tenant, id: string, verdict: Verdict): Promise<Approval | null> {
    const { decision, decidedBy, decidedByUserId, now } = verdict;
    // In SQL, so that `status` stands in the outer condition: that is the one that is looked at again after a wait for the row.
    const decided = await this.prisma.client.$executeRaw(Prisma.sql`
      UPDATE approvals a SET status = ${decision}::text, decided_by = ${decidedBy}::text,
        decided_by_user_id = ${decidedByUserId}::text, decided_at = ${now}::timestamptz
      WHERE a.id = ${id}::text AND a.status = 'pending' AND a.expires_at > ${now}::timestamptz
        AND (a.workspace_id = ${workspaceId}::text OR a.escalated_to = ${workspaceId}::text AND EXISTS (
          SELECT 1 FROM workspace_runtimes r JOIN workspaces w ON w.id = r.workspace_id AND w.deleted_at IS NULL
          WHERE r.workspace_id = a.workspace_id AND r.parent_id = ${workspaceId}::text))`);
    return decided === 0 ? null : ((await this.#settled([id]))[0] ?? null);
  }

  /** Writes down which have run out of time, at most so many; each is answered to one caller only, whatever the replicas. */
  async expire(now: Date, limit: number): Promise<Approval[]> {
    const due = await this.prisma.client.$queryRaw<{ id: string }[]>(Prisma.sql`
      UPDATE approvals SET status = 'denied', decided_by = ${expiredBy}::text, decided_at = expires_at
      WHERE id IN (
        SELECT id FROM approvals WHERE status = 'pending' AND expires_at <= ${now}::timestamptz
        ORDER BY expires_at, id LIMIT ${limit}::int FOR UPDATE SKIP LOCKED)
      RETURNING id`);
    return due.length === 0 ? [] : this.#settled(due.map(({ id }) => id));
  }

  /** Removes those that were decided before an instant, at most so many. Answers how many it removed. */
  forget(before: Date, limit: number): Promise<number> {
    return this.prisma.client.$executeRaw(Prisma.sql`
      DELETE FROM approvals WHERE id IN (
        SELECT id FROM approvals WHERE status <> 'pending' AND decided_at < ${before}::timestamptz
        ORDER BY decided_at LIMIT ${limit}::int FOR UPDATE SKIP LOCKED)`);
  }

  // A workspace that stands no longer above is not told either.
  async #settled(ids: string[]): Promise<Approval[]> {
    const rows = await this.prisma.client.approval.findMany({
      where: { id: { in: ids } },
      select: { ...columns, workspace: { select: { runtime: { select: { parentId: true } } } } },
      orderBy: [{ expiresAt: 'asc' }, { id: 'asc' }],
    });
    return rows.map(({ workspace: { runtime }, ...row }) => ({
      ...toDomain(row),
      escalatedTo: row.escalatedTo === runtime?.parentId ? row.escalatedTo : null,
    }));
  }
}

function own({ workspaceId }: Tenant): Prisma.ApprovalWhereInput {
  return { workspaceId };
}

// What was escalated stays with the workspace above only as long as that is above, and the one below is there.
function escalated({ workspaceId }: Tenant): Prisma.ApprovalWhereInput {
  return {
    escalatedTo: workspaceId,
    workspace: { deletedAt: null, runtime: { parentId: workspaceId } },
  };
}

function standing(status: Approval['status'] | undefined, now: Date): Prisma.ApprovalWhereInput {
  switch (status) {
    case undefined:
      return {};
    case 'pending':
      return { status, expiresAt: { gt: now } };
    case 'denied':
      return { OR: [{ status }, { status: 'pending', expiresAt: { lte: now } }] };
    case 'approved':
      return { status };
  }
}

function newestFirst({ limit, offset }: PageRequest) {
  return {
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }] satisfies Prisma.ApprovalOrderByWithRelationInput[],
    take: limit,
    skip: offset,
  };
}

function toDomain(row: Row): Approval {
  const status = approvalStatuses.find((each) => each === row.status);
  if (status === undefined) throw new Error(`approvals holds an unknown status: ${row.status}`);
  return { ...row, status, context: row.context as JsonObject };
}
