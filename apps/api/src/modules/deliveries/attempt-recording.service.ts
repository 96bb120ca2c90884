import { Injectable } from '@nestjs/common';
import { AppConfig } from '#config';
import { EventsService } from '../events/events.service.js';
import type { Delivery } from './deliveries.types.js';
import { DeliveryEndpointsRepository } from './delivery-endpoints.repository.js';
import type { PostResult, PostTarget } from './delivery-posting.service.js';
import { DeliverySettlementService } from './delivery-settlement.service.js';
import { Moment } from './moment.service.js';
import { nextWaitMs } from './retry-rules.js';
import { SettlementsRepository } from './settlements.repository.js';

/** Writes down what came of an attempt, in one transaction, and answers what is to be posted next. */
@Injectable()
export class AttemptRecordingService {
  constructor(
    private readonly settlements: SettlementsRepository,
    private readonly settlement: DeliverySettlementService,
    private readonly endpoints: DeliveryEndpointsRepository,
    private readonly events: EventsService,
    private readonly config: AppConfig,
    private readonly moment: Moment,
  ) {}

  /** In a transaction that holds the lane. A delivery that was settled meanwhile stays as it is; the attempt is kept. */
  async record(delivery: Delivery, target: PostTarget, result: PostResult): Promise<void> {
    const attempt = delivery.attempts + 1;
    await this.settlements.addAttempt({
      id: this.moment.ids.next(),
      deliveryId: delivery.id,
      workspaceId: delivery.workspaceId,
      attempt,
      url: target.url,
      outcome: result.outcome === 'gone' ? 'refused' : result.outcome,
      statusCode: result.statusCode,
      error: result.error,
      response: result.response,
      durationMs: Math.max(0, result.finishedAt.getTime() - result.startedAt.getTime()),
      startedAt: result.startedAt,
    });
    switch (result.outcome) {
      case 'delivered':
        return await this.#delivered(delivery, attempt, result);
      case 'refused':
        return await this.#dead(delivery, attempt, result);
      case 'gone':
        return await this.#gone(delivery, attempt, target, result);
      case 'failed':
        return await this.#failed(delivery, attempt, result);
    }
  }

  async #delivered(delivery: Delivery, attempts: number, result: PostResult): Promise<void> {
    const { answered, replyText, finishedAt } = result;
    await this.settlement.settle(delivery.id, ['pending'], {
      status: 'delivered',
      attempts,
      error: null,
      awaitsReply: !answered,
      replyText,
      at: finishedAt,
      attempt: result,
    });
  }

  async #dead(delivery: Delivery, attempts: number, result: PostResult): Promise<void> {
    const { error, finishedAt: at } = result;
    await this.settlement.settle(delivery.id, ['pending'], { status: 'dead', attempts, error, at, attempt: result });
  }

  // It stays pending, and the lane finds itself without an endpoint next.
  async #gone(delivery: Delivery, attempts: number, target: PostTarget, result: PostResult): Promise<void> {
    const { finishedAt } = result;
    await this.settlements.postpone(delivery.id, attempts, finishedAt, result.error);
    if (!(await this.endpoints.disable(target.endpointId, target.url, 'it answered 410 Gone', finishedAt))) return;
    const payload = { endpoint_id: target.endpointId, reason: 'it answered 410 Gone', delivery_id: delivery.id };
    await this.events.publish(delivery, { type: 'delivery_endpoint.disabled', agentId: delivery.agentId, payload });
  }

  async #failed(delivery: Delivery, attempts: number, result: PostResult): Promise<void> {
    const wait = nextWaitMs(attempts, this.config.deliveries.retryDelaysMs, result.retryAfterMs);
    if (wait === null) return await this.#dead(delivery, attempts, result);
    const next = new Date(result.finishedAt.getTime() + wait);
    await this.settlements.postpone(delivery.id, attempts, next, result.error);
  }
}
