import { Injectable } from '@nestjs/common';
import { PrismaService } from '#prisma';
import type { Delivery, DeliveryStatus } from './deliveries.types.js';
import { deliveryColumns, toDelivery } from './delivery-select.js';

/** What is changed when a delivery is settled. */
export interface SettledColumns {
  status: DeliveryStatus;
  lastError: string | null;
  settledAt: Date;
  replyUntil: Date | null;
}

/** Writes what became of deliveries. The caller holds the lane. */
@Injectable()
export class SettlementsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** Settles a delivery that stands in one of the states; null when it stands in another. */
  async settle(id: string, from: readonly DeliveryStatus[], columns: SettledColumns): Promise<Delivery | null> {
    const [row] = await this.prisma.client.delivery.updateManyAndReturn({
      where: { id, status: { in: [...from] } },
      data: { ...columns, nextAttemptAt: null },
      select: deliveryColumns,
    });
    return row ? toDelivery(row) : null;
  }

  /** Takes the answer of the agent, when it is still waited for; null otherwise. */
  async reply(id: string, text: string, now: Date): Promise<Delivery | null> {
    const [row] = await this.prisma.client.delivery.updateManyAndReturn({
      where: { id, repliedAt: null, replyUntil: { gt: now } },
      data: { replyText: text, repliedAt: now, replyUntil: null },
      select: deliveryColumns,
    });
    return row ? toDelivery(row) : null;
  }

  /** Nobody waits for an answer any more. False when there was nothing to end. */
  async endReplyWindow(id: string): Promise<boolean> {
    const { count } = await this.prisma.client.delivery.updateMany({
      where: { id, replyUntil: { not: null } },
      data: { replyUntil: null },
    });
    return count > 0;
  }

  /** The delivery is pending again, from its first attempt on. False unless it stands in one of the states. */
  async reopen(id: string, from: readonly DeliveryStatus[], now: Date): Promise<boolean> {
    const { count } = await this.prisma.client.delivery.updateMany({
      where: { id, status: { in: [...from] } },
      data: { status: 'pending', attempts: 0, nextAttemptAt: now, settledAt: null, lastError: null },
    });
    return count > 0;
  }

  /** The deliveries whose answers nobody waits for any more, held until the transaction ends; others' are left out. */
  async takeUnanswered(now: Date, take: number): Promise<Delivery[]> {
    const ids = await this.prisma.client.$queryRaw<{ id: string }[]>`
      SELECT id FROM deliveries WHERE reply_until <= ${now} ORDER BY reply_until, id LIMIT ${take}
      FOR UPDATE SKIP LOCKED`;
    const rows = await this.prisma.client.delivery.findMany({
      where: { id: { in: ids.map((row) => row.id) } },
      select: deliveryColumns,
      orderBy: { id: 'asc' },
    });
    return rows.map(toDelivery);
  }

  /** Removes what was settled before the moment, some at a time, with its attempts. Answers how many. */
  removeSettled(before: Date, take: number): Promise<number> {
    return this.prisma.client.$executeRaw`
      DELETE FROM deliveries WHERE id IN (SELECT id FROM deliveries WHERE settled_at < ${before} AND status <> 'pending'
        ORDER BY settled_at LIMIT ${take} FOR UPDATE SKIP LOCKED)`;
  }
}
