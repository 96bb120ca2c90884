import { Injectable } from '@nestjs/common';
import { Ids, Random } from '#kernel';
import { DeliveriesService } from '../deliveries/deliveries.service.js';
import type { DecidedSchedule } from './due-schedule-rules.js';
import { ScheduleConversations } from './schedule-conversations.service.js';
import { messageIdOf, sentRequest, textOf } from './schedule-message-rules.js';
import { ScheduleRunsRepository } from './schedule-runs.repository.js';
import { ScheduleSkipsService } from './schedule-skips.service.js';
import type { Schedule, ScheduleRun, ScheduleTrigger } from './schedules.types.js';

/** A schedule that is to be fired. */
export interface Firing {
  schedule: Pick<Schedule, 'id' | 'workspaceId' | 'agentId' | 'name' | 'cronExpr' | 'prompt'>;
  trigger: ScheduleTrigger;
  /** The moment that the plan named; now, for a manual run. */
  scheduledFor: Date;
  /** Id of the user behind it, where there is one. */
  triggeredBy: string | null;
}

/** Fires schedules: a run each, and its message to the agent. */
@Injectable()
export class ScheduleFiringService {
  constructor(
    private readonly runs: ScheduleRunsRepository,
    private readonly skips: ScheduleSkipsService,
    private readonly deliveries: DeliveriesService,
    private readonly conversations: ScheduleConversations,
    private readonly ids: Ids,
    private readonly random: Random,
  ) {}

  /** Fires and skips what was decided so, as part of the caller's transaction; a constant number of statements. */
  async carryOut(decided: readonly DecidedSchedule[], now: Date): Promise<void> {
    await this.skips.record(decided, now);
    const firings = decided.flatMap(({ due, decision }): Firing[] =>
      decision.kind === 'fire'
        ? [{ schedule: due, trigger: 'schedule', scheduledFor: due.slot, triggeredBy: null }]
        : [],
    );
    await this.fire(firings, now);
  }

  /** Fires schedules as part of the caller's transaction, as many statements for many as for one. Answers ids of runs. */
  async fire(firings: readonly Firing[], now: Date): Promise<string[]> {
    if (firings.length === 0) return [];
    const runs = firings.map((firing) => this.#runOf(firing, now));
    await this.runs.insert(runs);
    const workspaceIds = [...new Set(runs.map((run) => run.workspaceId))];
    const contexts = await this.conversations.contextsOf(workspaceIds);
    const sent = await this.deliveries.sendMessages(
      firings.map(({ schedule, triggeredBy }, index) => ({
        workspaceId: schedule.workspaceId,
        agentId: schedule.agentId,
        messageId: messageIdOf(schedule.id, this.random.hex(4)),
        text: textOf(schedule.prompt, contexts.get(schedule.workspaceId)),
        origin: { kind: 'schedule' as const, id: runs[index]?.id ?? '' },
        triggeredBy,
        at: now,
      })),
    );
    await this.runs.setDeliveries(
      runs.flatMap(({ id: runId }, index) => {
        const deliveryId = sent[index]?.deliveryId;
        return deliveryId === undefined ? [] : [{ runId, deliveryId }];
      }),
    );
    return runs.map((run) => run.id);
  }

  #runOf({ schedule, trigger, scheduledFor }: Firing, now: Date): ScheduleRun {
    return {
      id: this.ids.next(),
      scheduleId: schedule.id,
      workspaceId: schedule.workspaceId,
      trigger,
      scheduledFor,
      startedAt: now,
      finishedAt: null,
      durationMs: null,
      status: 'running',
      errorDetail: '',
      responseExcerpt: null,
      request: sentRequest(schedule),
      deliveryId: null,
    };
  }
}
