import { Injectable } from '@nestjs/common';
import type { Page, PageRequest, WorkspaceScope } from '#kernel';
import { type Prisma, PrismaService } from '#prisma';
import type { Delivery, DeliveryAttempt, DeliveryStatus } from './deliveries.types.js';
import { deliveryColumns, toDelivery } from './delivery-select.js';

const attemptColumns = {
  id: true,
  attempt: true,
  url: true,
  outcome: true,
  statusCode: true,
  error: true,
  response: true,
  durationMs: true,
  startedAt: true,
} satisfies Prisma.DeliveryAttemptSelect;

/** Which deliveries are wanted. */
export interface DeliveryFilter {
  statuses: readonly DeliveryStatus[];
  agentId: string | null;
  /** What follows in one queue, or in every queue when the lane is null. */
  after: { laneId: string | null; seq: bigint } | null;
}

/** Reads deliveries and their attempts. */
@Injectable()
export class DeliveryReadingRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** One page: the workspace's queue first, then those of single agents; each in its order. */
  async findMany(scope: WorkspaceScope, filter: DeliveryFilter, page: PageRequest): Promise<Page<Delivery>> {
    const { after } = filter;
    const where: Prisma.DeliveryWhereInput = {
      workspaceId: scope.workspaceId,
      status: { in: [...filter.statuses] },
      ...(filter.agentId !== null && { agentId: filter.agentId }),
      ...(after && { seq: { gt: after.seq }, ...(after.laneId !== null && { laneId: after.laneId }) }),
    };
    const { client } = this.prisma;
    const rows = await client.delivery.findMany({
      where,
      select: deliveryColumns,
      orderBy: [{ lane: { agentId: { sort: 'asc', nulls: 'first' } } }, { seq: 'asc' }],
      take: page.limit,
      skip: page.offset,
    });
    return { items: rows.map(toDelivery), total: await client.delivery.count({ where }) };
  }

  /** One delivery of the workspace. */
  async findById({ workspaceId }: Pick<WorkspaceScope, 'workspaceId'>, id: string): Promise<Delivery | null> {
    const row = await this.prisma.client.delivery.findFirst({ where: { id, workspaceId }, select: deliveryColumns });
    return row && toDelivery(row);
  }

  /** The delivery that a run stands for. */
  async findByRun({ workspaceId }: Pick<WorkspaceScope, 'workspaceId'>, runId: string): Promise<Delivery | null> {
    const row = await this.prisma.client.delivery.findFirst({ where: { runId, workspaceId }, select: deliveryColumns });
    return row && toDelivery(row);
  }

  /** The newest attempt at a delivery. */
  findLastAttempt({ workspaceId }: Pick<WorkspaceScope, 'workspaceId'>, deliveryId: string) {
    return this.prisma.client.deliveryAttempt.findFirst({
      where: { deliveryId, workspaceId },
      orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
      select: { startedAt: true, response: true },
    });
  }

  /** One page of a delivery's attempts, newest first. */
  async findAttempts(scope: WorkspaceScope, deliveryId: string, page: PageRequest): Promise<Page<DeliveryAttempt>> {
    const where = { deliveryId, workspaceId: scope.workspaceId };
    const { client } = this.prisma;
    const items = await client.deliveryAttempt.findMany({
      where,
      select: attemptColumns,
      orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
      take: page.limit,
      skip: page.offset,
    });
    return { items, total: await client.deliveryAttempt.count({ where }) };
  }

  /** Notes that somebody pulls the workspace's deliveries, at most every half minute. `newLaneId` is for its first lane. */
  async notePull({ workspaceId }: WorkspaceScope, newLaneId: string, now: Date): Promise<void> {
    const before = new Date(now.getTime() - 30_000);
    await this.prisma.client.$executeRaw`
      INSERT INTO delivery_lanes (id, workspace_id, last_pulled_at) VALUES (${newLaneId}, ${workspaceId}, ${now})
      ON CONFLICT (workspace_id, agent_id) DO NOTHING`;
    await this.prisma.client.$executeRaw`
      UPDATE delivery_lanes SET last_pulled_at = ${now}
      WHERE workspace_id = ${workspaceId} AND (last_pulled_at IS NULL OR last_pulled_at < ${before})`;
  }
}
