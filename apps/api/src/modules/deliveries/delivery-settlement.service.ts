import { Injectable } from '@nestjs/common';
import type { Delivery, DeliveryStatus } from './deliveries.types.js';
import { DeliveryConclusionsService, type LastAttempt } from './delivery-conclusions.service.js';
import { SettlementsRepository } from './settlements.repository.js';

const replyWithinMs = 5 * 60_000;

/** How a delivery is settled. */
export interface Settlement {
  status: Exclude<DeliveryStatus, 'pending'>;
  error: string | null;
  at: Date;
  /** How many attempts there were; left out where none was made now. */
  attempts?: number;
  /** An answer may still come, within five minutes. */
  awaitsReply?: boolean;
  /** The answer that came already. */
  replyText?: string | null;
  attempt?: LastAttempt;
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
    const { status, error, at, attempts, awaitsReply = false, replyText = null, attempt } = settlement;
    const delivery = await this.repository.settle(id, from, {
      status,
      lastError: error,
      settledAt: at,
      replyText,
      repliedAt: replyText === null ? null : at,
      replyUntil: awaitsReply ? new Date(at.getTime() + replyWithinMs) : null,
      ...(attempts !== undefined && { attempts }),
    });
    if (delivery) await this.conclusions.settled(delivery, awaitsReply, attempt ?? null);
    return delivery;
  }
}
