import { Injectable } from '@nestjs/common';
import { EventsService } from '../events/events.service.js';
import { ActivityRecordsRepository } from './activity-records.repository.js';
import { type Delivery, messageType } from './deliveries.types.js';
import type { StepChange } from './lane-steps.types.js';
import { Moment } from './moment.service.js';
import type { LastAttempt } from './outcome-rules.js';
import { OutcomeTellingService } from './outcome-telling.service.js';
import { type RunEnd, RunRecordsRepository } from './run-records.repository.js';

/** Draws the conclusions of a settled delivery, in the transaction that settles it: its run, the feed, events, listeners. */
@Injectable()
export class DeliveryConclusionsService {
  constructor(
    private readonly runs: RunRecordsRepository,
    private readonly activity: ActivityRecordsRepository,
    private readonly events: EventsService,
    private readonly outcomes: OutcomeTellingService,
    private readonly moment: Moment,
  ) {}

  /** The delivery has just reached the state it is in. `isOpen`: its answer is still waited for, so that the run goes on. */
  async settled(delivery: Delivery, isOpen: boolean): Promise<void> {
    if (!isOpen) await this.#endRunOf(delivery);
    if (delivery.type !== messageType) return;
    await this.activity.add(this.moment.ids.next(), delivery, this.moment.clock.now());
    await this.outcomes.settled(delivery, null);
  }

  /**
   * What has to follow in the same transaction when the outcome of a POST is written, beside what that statement does: events
   * and listeners. Null when nothing does.
   */
  afterPosting(
    before: Delivery,
    change: StepChange,
    attempt: LastAttempt,
  ): ((runHasEnded: boolean) => Promise<void>) | null {
    if (change.status === 'pending') return null;
    const { status, replyText, repliedAt, settledAt, runEnd, error } = change;
    const delivery = { ...before, status, replyText, repliedAt, settledAt, lastError: error };
    const isHeard = this.outcomes.isHeard(delivery);
    const mayEndRun = runEnd !== null && delivery.runId !== null;
    if (!isHeard && !mayEndRun && status !== 'dead') return null;
    return async (runHasEnded) => {
      if (runHasEnded && runEnd !== null) await this.#tellOfRun(delivery, { status: runEnd, error });
      if (status === 'dead') await this.#tellOfDead(delivery);
      if (isHeard) await this.outcomes.settled(delivery, attempt);
    };
  }

  /** The agent has answered a delivery that was settled before. */
  async replied(delivery: Delivery): Promise<void> {
    await this.#endRun(delivery, { status: 'COMPLETED', error: null, at: this.moment.clock.now() });
    await this.outcomes.replied(delivery);
  }

  /** Nobody waits for the answer any more: the run is over, with the message delivered. */
  async unanswered(delivery: Delivery): Promise<void> {
    await this.#endRun(delivery, { status: 'COMPLETED', error: null, at: this.moment.clock.now() });
  }

  /** Ends the run of a delivery. */
  async cancelled(delivery: Delivery): Promise<void> {
    await this.#endRun(delivery, { status: 'CANCELLED', error: null, at: this.moment.clock.now() });
  }

  /** The run goes on: it had failed because nobody took its message, and now somebody has. */
  async resumed({ workspaceId, runId }: Delivery): Promise<void> {
    if (runId !== null) await this.runs.reopen(workspaceId, runId);
  }

  async #endRunOf(delivery: Delivery): Promise<void> {
    const at = this.moment.clock.now();
    switch (delivery.status) {
      case 'delivered':
      case 'acknowledged':
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

  async #endRun(delivery: Delivery, end: RunEnd): Promise<void> {
    const { workspaceId, runId } = delivery;
    if (runId !== null && (await this.runs.end(workspaceId, runId, end))) await this.#tellOfRun(delivery, end);
  }

  async #tellOfRun({ workspaceId, runId, agentId, id }: Delivery, { status, error }: Omit<RunEnd, 'at'>) {
    const payload = { run_id: runId, agent_id: agentId, delivery_id: id, status, error };
    await this.events.publish({ workspaceId }, { type: 'run.finished', agentId, payload });
  }

  async #tellOfDead({ workspaceId, id, type, lastError, runId, agentId }: Delivery): Promise<void> {
    const payload = { delivery_id: id, delivery_type: type, run_id: runId, error: lastError };
    await this.events.publish({ workspaceId }, { type: 'delivery.dead', agentId, payload });
  }
}
