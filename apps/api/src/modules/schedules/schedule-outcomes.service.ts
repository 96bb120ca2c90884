import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { DeliveryOutcome } from '../deliveries/deliveries.types.js';
import { DeliveryOutcomes, type OutcomeListener } from '../deliveries/delivery-outcomes.service.js';
import { EventsService } from '../events/events.service.js';
import { excerptOf, verdictOf } from './run-outcome-rules.js';
import { RunOutcomesRepository } from './run-outcomes.repository.js';
import { ScheduleConversations } from './schedule-conversations.service.js';

/** Hears how the messages of schedules ended, and ends their runs. */
@Injectable()
export class ScheduleOutcomesService implements OnModuleInit, OutcomeListener {
  constructor(
    private readonly outcomes: DeliveryOutcomes,
    private readonly runs: RunOutcomesRepository,
    private readonly events: EventsService,
    private readonly conversations: ScheduleConversations,
  ) {}

  onModuleInit(): void {
    this.outcomes.register('schedule', this);
  }

  /** The message arrived, or it did not. */
  async settled(outcome: DeliveryOutcome): Promise<void> {
    const { workspaceId, originId: runId, finishedAt } = outcome;
    const run = await this.runs.findAndHold(workspaceId, runId);
    if (!run) return;
    const verdict = verdictOf(outcome, run.emptyRuns);
    await this.runs.end(runId, run, { verdict, finishedAt, excerpt: excerptOf(outcome.replyText) });
    const { scheduleId: schedule_id, scheduleName: schedule_name } = run;
    const payload = { schedule_id, schedule_name, status: verdict.status, run_id: runId };
    await this.events.publish({ workspaceId }, { type: 'CRON_EXECUTED', agentId: outcome.agentId, payload });
  }

  /** The agent answered: whatever came before, this run was no empty one. */
  async replied(outcome: DeliveryOutcome): Promise<void> {
    const { workspaceId, originId: runId, finishedAt } = outcome;
    const text = excerptOf(outcome.replyText);
    const run = text === null ? null : await this.runs.findAndHold(workspaceId, runId);
    if (!run || text === null) return;
    const verdict = { status: 'ok', error: '', emptyRuns: 0 } as const;
    await this.runs.end(runId, run, { verdict, finishedAt, excerpt: text });
    const { scheduleId, scheduleName } = run;
    await this.conversations.answered({ workspaceId, scheduleId, scheduleName, runId, text });
  }
}
