import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Clock, type WorkspaceScope } from '#kernel';
import { StreamSlotsService } from '../event-streams/stream-slots.service.js';
import { EventFeedService } from '../events/event-feed.service.js';
import { toApprovalResponse } from './approvals.mapper.js';
import { ApprovalsService } from './approvals.service.js';
import type { Approval } from './approvals.types.js';
import { DecisionSink } from './decision-sink.js';
import type { ApprovalResponse } from './dto/approval.response.js';

const defaultSeconds = 30;

/** Agents wait for what becomes of an approval, woken by its event rather than by asking the database. */
@Injectable()
export class ApprovalWaitService {
  constructor(
    private readonly approvals: ApprovalsService,
    private readonly feed: EventFeedService,
    private readonly slots: StreamSlotsService,
    private readonly clock: Clock,
  ) {}

  /**
   * The approval as soon as it is decided or has run out of time, or as it is when the wait is over or `left` is aborted.
   * @throws AppError 404 `approval.not_found`, 429 `event_stream.too_many`.
   */
  async wait(
    scope: WorkspaceScope,
    id: string,
    seconds: string | undefined,
    left: AbortSignal,
  ): Promise<ApprovalResponse> {
    const waitMs = Number(seconds ?? defaultSeconds) * 1_000;
    const approval = await this.approvals.find(scope, id);
    if (approval.status !== 'pending' || waitMs === 0) return toApprovalResponse(approval);
    const release = this.slots.take(scope.actor);
    try {
      return toApprovalResponse(await this.#settled(scope, approval, waitMs, left));
    } finally {
      release();
    }
  }

  async #settled(
    scope: WorkspaceScope,
    { id, workspaceId }: Approval,
    waitMs: number,
    left: AbortSignal,
  ): Promise<Approval> {
    const sink = new DecisionSink(id);
    const { unsubscribe } = await this.feed.subscribe(workspaceId, sink);
    const over = new AbortController();
    try {
      // What was decided before the subscription began is not told any more.
      const approval = await this.approvals.find(scope, id);
      if (approval.status !== 'pending') return approval;
      const deadlineMs = approval.expiresAt.getTime() - this.clock.now().getTime();
      const signal = AbortSignal.any([left, over.signal]);
      const timeUp = sleep(Math.min(waitMs, deadlineMs), undefined, { signal }).catch(() => undefined);
      await Promise.race([sink.settled, timeUp]);
    } finally {
      over.abort();
      unsubscribe();
    }
    return this.approvals.find(scope, id);
  }
}
