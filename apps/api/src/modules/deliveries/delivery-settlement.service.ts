import { Injectable } from '@nestjs/common';
import type { Delivery, DeliveryStatus } from './deliveries.types.js';
import { DeliveryConclusionsService } from './delivery-conclusions.service.js';
import { SettlementsRepository } from './settlements.repository.js';

/** How long the answer to a delivered message is waited for. */
export const replyWithinMs = 5 * 60_000;

/** How a delivery is settled. */
export interface Settlement {
  status: Exclude<DeliveryStatus, 'pending'>;
  error: string | null;
  at: Date;
  /** An answer may still come, within five minutes. */
  awaitsReply?: boolean;
}

/** Settles deliveries, with everything that follows from it, in the caller's transaction. */
@Injectable()
export class DeliverySettlementService {
  constructor(
    private readonly repository: SettlementsRepository,
    private readonly conclusions: DeliveryConclusionsService,
  ) {}

  /** Null, without any effect, when the delivery stands in none of the states any more. */
  async settle(id: string, from: readonly DeliveryStatus[], settlement: Settlement): Promise<Delivery | null> {
    const { status, error, at, awaitsReply = false } = settlement;
    const delivery = await this.repository.settle(id, from, {
      status,
      lastError: error,
      settledAt: at,
      replyUntil: awaitsReply ? new Date(at.getTime() + replyWithinMs) : null,
    });
    if (!delivery) return null;
    // Only what had failed has a run that ended.
    if (from.some((each) => each !== 'pending')) await this.conclusions.resumed(delivery);
    await this.conclusions.settled(delivery, awaitsReply);
    return delivery;
  }
}
