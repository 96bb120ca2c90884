import { Injectable } from '@nestjs/common';
import { Ids } from '#kernel';
import { EventsService } from '../events/events.service.js';
import type { DecidedSchedule, Decision, DueSchedule } from './due-schedule-rules.js';
import { skippedRequest } from './schedule-message-rules.js';
import { ScheduleRunsRepository } from './schedule-runs.repository.js';
import type { ScheduleRun } from './schedules.types.js';

type Skip = Extract<Decision, { kind: 'skip' }>;

/** Keeps what was left out because the agent was busy. */
@Injectable()
export class ScheduleSkipsService {
  constructor(
    private readonly runs: ScheduleRunsRepository,
    private readonly events: EventsService,
    private readonly ids: Ids,
  ) {}

  /** A run and an event for each that is skipped, as part of the caller's transaction. */
  async record(decided: readonly DecidedSchedule[], now: Date): Promise<void> {
    const skipped = decided.flatMap(({ due, decision }) => (decision.kind === 'skip' ? [{ due, decision }] : []));
    await this.runs.insert(skipped.map(({ due, decision }) => this.#runOf(due, decision, now)));
    await this.events.publishAll(
      skipped.map(({ due, decision }) => ({
        workspaceId: due.workspaceId,
        agentId: due.agentId,
        type: 'CRON_SKIPPED',
        payload: { schedule_id: due.id, schedule_name: due.name, reason: decision.reason },
      })),
    );
  }

  #runOf(due: DueSchedule, { activeTasks, reason }: Skip, now: Date): ScheduleRun {
    return {
      id: this.ids.next(),
      scheduleId: due.id,
      workspaceId: due.workspaceId,
      trigger: 'schedule',
      scheduledFor: due.slot,
      startedAt: now,
      finishedAt: now,
      durationMs: 0,
      status: 'skipped',
      errorDetail: reason,
      responseExcerpt: null,
      request: skippedRequest(due, activeTasks),
      deliveryId: null,
    };
  }
}
