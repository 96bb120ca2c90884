import { Injectable } from '@nestjs/common';
import { AppConfig } from '#config';
import { activityOf } from './activity-records.repository.js';
import { type Delivery, type LeasedLane, messageType } from './deliveries.types.js';
import { DeliveryConclusionsService } from './delivery-conclusions.service.js';
import type { PostResult, PostTarget } from './delivery-posting.service.js';
import { replyWithinMs } from './delivery-settlement.service.js';
import { EndpointRetirementService } from './endpoint-retirement.service.js';
import { LaneHolder } from './lane-holder.service.js';
import { type LaneStep, LaneStepsRepository } from './lane-steps.repository.js';
import type { StepChange } from './lane-steps.types.js';
import { Moment } from './moment.service.js';
import { nextWaitMs } from './retry-rules.js';

type Judgement = Pick<
  StepChange,
  'status' | 'nextAttemptAt' | 'settledAt' | 'replyText' | 'repliedAt' | 'replyUntil' | 'runEnd'
>;

const pending: Judgement = {
  status: 'pending',
  nextAttemptAt: null,
  settledAt: null,
  replyText: null,
  repliedAt: null,
  replyUntil: null,
  runEnd: null,
};

/** Writes down what came of an attempt, all at once, and answers what is to be posted next. */
@Injectable()
export class AttemptRecordingService {
  constructor(
    private readonly lanes: LaneHolder,
    private readonly steps: LaneStepsRepository,
    private readonly conclusions: DeliveryConclusionsService,
    private readonly retirement: EndpointRetirementService,
    private readonly config: AppConfig,
    private readonly moment: Moment,
  ) {}

  /**
   * One statement; a transaction where events or a listener belong to it. A delivery that was settled meanwhile stays as it
   * is; the attempt is kept.
   */
  async record(lane: LeasedLane, delivery: Delivery, target: PostTarget, result: PostResult): Promise<LaneStep> {
    const change = this.#changeOf(delivery, target, result);
    const then = this.conclusions.afterPosting(delivery, change, result);
    if (then === null) return await this.lanes.step(() => this.steps.record(lane, change));
    return await this.lanes.transaction(async () => {
      const step = await this.steps.record(lane, change);
      if (step.isChanged) await then(step.runHasEnded);
      return step;
    });
  }

  /** The endpoint is gone: nothing is posted there any more. */
  retire(target: PostTarget, delivery: Delivery, at: Date): Promise<void> {
    return this.retirement.retire(target, delivery, at);
  }

  #changeOf(delivery: Delivery, target: PostTarget, result: PostResult): StepChange {
    const attempts = delivery.attempts + 1;
    const judgement = this.#judge(delivery, attempts, result);
    const isSaid = delivery.type === messageType && judgement.status !== 'pending';
    const activity = isSaid ? activityOf(delivery.originKind, judgement.status) : null;
    return {
      ...judgement,
      delivery: delivery.id,
      attemptId: this.moment.ids.next(),
      attempts,
      url: target.url,
      outcome: result.outcome === 'gone' ? 'refused' : result.outcome,
      statusCode: result.statusCode,
      error: result.error,
      response: result.response,
      durationMs: Math.max(0, result.finishedAt.getTime() - result.startedAt.getTime()),
      startedAt: result.startedAt,
      activityId: activity && this.moment.ids.next(),
      activityStatus: activity?.status ?? null,
      activityFrom: activity?.from ?? null,
      summary: activity?.summary ?? null,
    };
  }

  #judge(delivery: Delivery, attempts: number, result: PostResult): Judgement {
    const { finishedAt, answered, replyText } = result;
    const dead: Judgement = { ...pending, status: 'dead', settledAt: finishedAt, runEnd: 'FAILED' };
    switch (result.outcome) {
      case 'delivered': {
        const isAwaited = !answered && delivery.type === messageType;
        return {
          ...pending,
          status: 'delivered',
          settledAt: finishedAt,
          replyText,
          repliedAt: replyText === null ? null : finishedAt,
          replyUntil: isAwaited ? new Date(finishedAt.getTime() + replyWithinMs) : null,
          runEnd: isAwaited ? null : 'COMPLETED',
        };
      }
      case 'refused':
        return dead;
      case 'gone':
        // It stays pending, and the lane finds itself without an endpoint next.
        return { ...pending, nextAttemptAt: finishedAt };
      case 'failed': {
        const waitMs = nextWaitMs(attempts, this.config.deliveries.retryDelaysMs, result.retryAfterMs);
        return waitMs === null ? dead : { ...pending, nextAttemptAt: new Date(finishedAt.getTime() + waitMs) };
      }
    }
  }
}
