import { Injectable } from '@nestjs/common';
import { Clock } from '#kernel';
import type { Delivery } from './deliveries.types.js';
import { DeliveryConclusionsService } from './delivery-conclusions.service.js';
import { SettlementsRepository } from './settlements.repository.js';

/** Takes answers, in the caller's transaction. */
@Injectable()
export class DeliveryReplyService {
  constructor(
    private readonly repository: SettlementsRepository,
    private readonly conclusions: DeliveryConclusionsService,
    private readonly clock: Clock,
  ) {}

  /** Null, without any effect, when no answer is taken any more. */
  async reply(delivery: Delivery, text: string): Promise<Delivery | null> {
    const replied = await this.repository.reply(delivery.id, text, this.clock.now());
    if (replied) await this.conclusions.replied(replied);
    return replied;
  }

  /** Nobody waits for an answer any more: the run is cancelled. */
  async forgo(delivery: Delivery): Promise<void> {
    await this.repository.endReplyWindow(delivery.id);
    await this.conclusions.cancelled(delivery);
  }
}
