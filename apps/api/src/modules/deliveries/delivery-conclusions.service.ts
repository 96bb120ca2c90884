import { Injectable } from '@nestjs/common';
import { EventsService } from '../events/events.service.js';
import { ActivityRecordsRepository } from './activity-records.repository.js';
import { type Delivery, type DeliveryOutcome, messageType } from './deliveries.types.js';
import { DeliveryOutcomes } from './delivery-outcomes.service.js';
import { Moment } from './moment.service.js';
import { type RunEnd, RunRecordsRepository } from './run-records.repository.js';

/** What an attempt adds to the outcome. */
export interface LastAttempt {
  startedAt: Date;
  response: string | null;
}

/** Draws the conclusions of a settled delivery, in the transaction that settles it: its run, the feed, events, listeners. */
@Injectable()
export class DeliveryConclusionsService {
  constructor(
    private readonly runs: RunRecordsRepository,
    private readonly activity: ActivityRecordsRepository,
    private readonly events: EventsService,
    private readonly outcomes: DeliveryOutcomes,
    private readonly moment: Moment,
  ) {}

  /** The delivery has just reached the state it is in. `isOpen`: its answer is still waited for, so that the run goes on. */
  async settled(delivery: Delivery, isOpen: boolean, attempt: LastAttempt | null = null): Promise<void> {
    const outcome = this.#outcomeOf(delivery, attempt);
    await this.#conclude(delivery, isOpen);
    if (delivery.status === 'dead') {
      const { id, type, lastError, runId, agentId } = delivery;
      const payload = { delivery_id: id, delivery_type: type, run_id: runId, error: lastError };
      await this.events.publish(delivery, { type: 'delivery.dead', agentId, payload });
    }
    if (delivery.type !== messageType) return;
    await this.activity.add(this.moment.ids.next(), delivery, this.moment.clock.now());
    const listener = this.outcomes.of(delivery.originKind);
    await listener?.settled(outcome);
    if (delivery.replyText !== null) await listener?.replied(outcome);
  }

  /** The agent has answered a delivery that was settled before. */
  async replied(delivery: Delivery): Promise<void> {
    await this.#endRun(delivery, { status: 'COMPLETED', error: null, at: this.moment.clock.now() });
    await this.outcomes.of(delivery.originKind)?.replied(this.#outcomeOf(delivery, null));
  }

  /** Nobody waits for the answer any more: the run is over, with the message delivered. */
  async unanswered(delivery: Delivery): Promise<void> {
    await this.#endRun(delivery, { status: 'COMPLETED', error: null, at: this.moment.clock.now() });
  }

  /** Ends the run of a delivery. */
  async cancelled(delivery: Delivery): Promise<void> {
    await this.#endRun(delivery, { status: 'CANCELLED', error: null, at: this.moment.clock.now() });
  }

  async #conclude(delivery: Delivery, isOpen: boolean): Promise<void> {
    const at = this.moment.clock.now();
    switch (delivery.status) {
      case 'delivered':
      case 'acknowledged':
        // It may have failed before, for want of an endpoint.
        if (isOpen && delivery.runId !== null) return await this.runs.reopen(delivery.workspaceId, delivery.runId);
        return await this.#endRun(delivery, { status: 'COMPLETED', error: null, at });
      case 'cancelled':
        return await this.cancelled(delivery);
      case 'dead':
      case 'no_endpoint':
        return await this.#endRun(delivery, { status: 'FAILED', error: delivery.lastError, at });
      case 'pending':
        return;
    }
  }

  async #endRun({ workspaceId, runId, agentId, id }: Delivery, end: RunEnd): Promise<void> {
    if (runId === null || !(await this.runs.end(workspaceId, runId, end))) return;
    await this.events.publish(
      { workspaceId },
      {
        type: 'run.finished',
        agentId,
        payload: { run_id: runId, agent_id: agentId, delivery_id: id, status: end.status, error: end.error },
      },
    );
  }

  #outcomeOf(delivery: Delivery, attempt: LastAttempt | null): DeliveryOutcome {
    return {
      deliveryId: delivery.id,
      workspaceId: delivery.workspaceId,
      agentId: delivery.agentId,
      originId: delivery.originId ?? '',
      runId: delivery.runId,
      status: delivery.status === 'pending' ? 'cancelled' : delivery.status,
      startedAt: attempt?.startedAt ?? delivery.createdAt,
      finishedAt: delivery.repliedAt ?? delivery.settledAt ?? this.moment.clock.now(),
      error: delivery.lastError,
      replyText: delivery.replyText,
      responseBody: attempt?.response ?? null,
    };
  }
}
