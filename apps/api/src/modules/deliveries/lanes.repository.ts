import { Injectable } from '@nestjs/common';
import { Prisma, PrismaService } from '#prisma';
import type { Delivery, LeasedLane } from './deliveries.types.js';
import { deliveryColumns, toDelivery } from './delivery-select.js';

/** Most lanes of one workspace that are worked on at a time, on all replicas together. */
const lanesAtOnce = 8;

const leasedColumns = Prisma.sql`id, workspace_id AS "workspaceId", agent_id AS "agentId",
  last_pulled_at AS "lastPulledAt", lease_generation AS generation`;

/**
 * Leases on lanes: who has one, and nobody else, works on the lane. Whether one has run out is judged by the database's
 * clock, which all replicas share. When a lane is due is judged by the caller's.
 */
@Injectable()
export class LanesRepository {
  constructor(private readonly prisma: PrismaService) {}

  /**
   * Takes a lane of a workspace that has so few of them that no count is needed. Null when somebody has it, nothing is
   * pending, or the workspace has more.
   */
  async leaseOfFew(laneId: string, leaseMs: number): Promise<LeasedLane | null> {
    const rows = await this.prisma.client.$queryRaw<LeasedLane[]>`
      UPDATE delivery_lanes lane SET lease_generation = lease_generation + 1,
        lease_until = clock_timestamp() + ${leaseMs} * interval '1 millisecond'
      WHERE id = ${laneId} AND next_due_at IS NOT NULL AND (lease_until IS NULL OR lease_until <= clock_timestamp())
        AND (SELECT count(*) FROM (SELECT FROM delivery_lanes other WHERE other.workspace_id = lane.workspace_id
          LIMIT ${lanesAtOnce + 1}) counted) <= ${lanesAtOnce}
      RETURNING ${leasedColumns}`;
    return rows[0] ?? null;
  }

  /**
   * Takes the lane, unless somebody has it, nothing is pending, or the workspace has as many as it may. In a transaction,
   * which keeps other takers of the workspace's lanes away: two that counted at once would both find the last place.
   */
  async lease(laneId: string, leaseMs: number): Promise<LeasedLane | null> {
    await this.prisma.client.$queryRaw`
      SELECT pg_advisory_xact_lock(hashtextextended('delivery_lanes ' || workspace_id, 0))::text
      FROM delivery_lanes WHERE id = ${laneId}`;
    const rows = await this.prisma.client.$queryRaw<LeasedLane[]>`
      UPDATE delivery_lanes lane SET lease_generation = lease_generation + 1,
        lease_until = clock_timestamp() + ${leaseMs} * interval '1 millisecond'
      WHERE id = ${laneId} AND next_due_at IS NOT NULL AND (lease_until IS NULL OR lease_until <= clock_timestamp())
        AND (SELECT count(*) FROM delivery_lanes other WHERE other.workspace_id = lane.workspace_id
          AND other.next_due_at IS NOT NULL AND other.lease_until > clock_timestamp()) < ${lanesAtOnce}
      RETURNING ${leasedColumns}`;
    return rows[0] ?? null;
  }

  /** Until when somebody else has the lane; null when nobody does. */
  async leasedUntil(laneId: string): Promise<Date | null> {
    const rows = await this.prisma.client.$queryRaw<{ until: Date }[]>`
      SELECT lease_until AS until FROM delivery_lanes WHERE id = ${laneId} AND lease_until > clock_timestamp()`;
    return rows[0]?.until ?? null;
  }

  /** Keeps the lane for longer. False when it was lost. */
  async renew({ id, generation }: LeasedLane, leaseMs: number): Promise<boolean> {
    const changed = await this.prisma.client.$executeRaw`
      UPDATE delivery_lanes SET lease_until = clock_timestamp() + ${leaseMs} * interval '1 millisecond'
      WHERE id = ${id} AND lease_generation = ${generation}`;
    return changed > 0;
  }

  /**
   * The due lanes of a workspace that nobody works on, longest due first, if it has so many that some may have been turned
   * away. How many are taken now is not asked: two that give theirs back at once would each take the other's call for made.
   */
  findHeldBack(workspaceId: string, now: Date): Promise<{ id: string; nextDueAt: Date }[]> {
    return this.prisma.client.$queryRaw<{ id: string; nextDueAt: Date }[]>`
      SELECT id, next_due_at AS "nextDueAt" FROM delivery_lanes
      WHERE workspace_id = ${workspaceId} AND next_due_at <= ${now}
        AND (lease_until IS NULL OR lease_until <= clock_timestamp())
        AND (SELECT count(*) FROM (SELECT FROM delivery_lanes other WHERE other.workspace_id = ${workspaceId}
          LIMIT ${lanesAtOnce + 1}) counted) > ${lanesAtOnce}
      ORDER BY next_due_at, id LIMIT ${lanesAtOnce}`;
  }

  /** The lanes of all workspaces that are overdue and that nobody works on, longest due first. */
  findOverdue(dueBefore: Date, take: number): Promise<{ id: string; nextDueAt: Date }[]> {
    return this.prisma.client.$queryRaw<{ id: string; nextDueAt: Date }[]>`
      SELECT id, next_due_at AS "nextDueAt" FROM delivery_lanes
      WHERE next_due_at <= ${dueBefore} AND (lease_until IS NULL OR lease_until <= clock_timestamp())
      ORDER BY next_due_at, id LIMIT ${take}`;
  }

  /** Holds the row of a lane until the transaction ends, against senders and settlers. */
  async hold(laneId: string): Promise<void> {
    await this.prisma.client.$queryRaw`SELECT id FROM delivery_lanes WHERE id = ${laneId} FOR UPDATE`;
  }

  /** What stands first in a lane; null when nothing is pending. */
  async head(laneId: string): Promise<Delivery | null> {
    const row = await this.prisma.client.delivery.findFirst({
      where: { laneId, status: 'pending' },
      orderBy: { seq: 'asc' },
      select: deliveryColumns,
    });
    return row && toDelivery(row);
  }

  /** Says when the lane wants attention next. */
  async setDue(laneId: string, nextDueAt: Date | null): Promise<void> {
    await this.prisma.client.deliveryLane.updateMany({ where: { id: laneId }, data: { nextDueAt } });
  }

  /** {@link setDue}, and gives the lane back in the same moment, so that nobody who is called for it finds it taken. */
  async setDueAndRelease({ id, generation }: LeasedLane, nextDueAt: Date | null): Promise<void> {
    await this.prisma.client.$executeRaw`
      UPDATE delivery_lanes SET next_due_at = ${nextDueAt}::timestamptz,
        lease_until = CASE WHEN lease_generation = ${generation} THEN NULL ELSE lease_until END
      WHERE id = ${id}`;
  }

  /** Makes the pending lanes of a workspace due now, because something they wait for has changed. Answers which. */
  async hasten(workspaceId: string, now: Date): Promise<string[]> {
    const rows = await this.prisma.client.$queryRaw<{ id: string }[]>`
      UPDATE delivery_lanes SET next_due_at = ${now}
      WHERE id IN (SELECT id FROM delivery_lanes WHERE workspace_id = ${workspaceId} AND next_due_at IS NOT NULL
        ORDER BY id LIMIT 1000 FOR UPDATE)
      RETURNING id`;
    return rows.map((row) => row.id);
  }
}
