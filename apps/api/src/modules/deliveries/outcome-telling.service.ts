import { Injectable, Logger } from '@nestjs/common';
import { JobQueue } from '#jobs';
import { Clock } from '#kernel';
import { type Delivery, messageType } from './deliveries.types.js';
import { DeliveryOutcomes, type OutcomeListener } from './delivery-outcomes.service.js';
import { retellingJob } from './outcome-retelling.service.js';
import { type LastAttempt, outcomeOf } from './outcome-rules.js';
import { SavepointsRepository } from './savepoints.repository.js';

type What = keyof OutcomeListener;

/**
 * Tells listeners, in the transaction that settles. One that throws loses what it wrote and nothing else: the outcome stands,
 * the lane goes on, and the listener is told again by a job, until it does not throw.
 */
@Injectable()
export class OutcomeTellingService {
  readonly #log = new Logger('deliveries');

  constructor(
    private readonly outcomes: DeliveryOutcomes,
    private readonly savepoints: SavepointsRepository,
    private readonly jobs: JobQueue,
    private readonly clock: Clock,
  ) {}

  /** Whether anybody hears of a delivery. */
  isHeard({ type, originKind }: Delivery): boolean {
    return type === messageType && this.outcomes.of(originKind) !== null;
  }

  /** The delivery was settled; with an answer already, where there is one. */
  async settled(delivery: Delivery, attempt: LastAttempt | null): Promise<void> {
    await this.#tell('settled', delivery, attempt);
    if (delivery.replyText !== null) await this.#tell('replied', delivery, attempt);
  }

  /** The agent has answered. */
  async replied(delivery: Delivery): Promise<void> {
    await this.#tell('replied', delivery, null);
  }

  async #tell(what: What, delivery: Delivery, attempt: LastAttempt | null): Promise<void> {
    const listener = this.isHeard(delivery) ? this.outcomes.of(delivery.originKind) : null;
    if (!listener) return;
    const outcome = outcomeOf(delivery, attempt, this.clock.now());
    const failed = await this.savepoints.isolate(() => listener[what](outcome));
    if (!failed) return;
    this.#log.error(failed.error);
    await this.jobs.addAll([retellingJob(what, delivery)]);
  }
}
