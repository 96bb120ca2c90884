import { Injectable } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import { Clock, raise, Transactions, type WorkspaceScope } from '#kernel';
import type { FiredScheduleResponse } from './dto/fired-schedule.response.js';
import { ScheduleFiringService } from './schedule-firing.service.js';
import { scheduleErrors } from './schedules.errors.js';
import { SchedulesRepository } from './schedules.repository.js';

/** Runs a schedule because somebody asks for it. */
@Injectable()
export class RunScheduleService {
  constructor(
    private readonly repository: SchedulesRepository,
    private readonly firing: ScheduleFiringService,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /**
   * Sends the prompt now, also of a schedule that is switched off and to an agent that is busy. The plan stays as it is.
   * @throws AppError `schedule.not_found`; `schedule.unknown_agent` when its agent was deleted.
   */
  run(scope: WorkspaceScope, id: string): Promise<FiredScheduleResponse> {
    return this.transactions.run(async () => {
      const row = (await this.repository.findAndHold(scope, id)) ?? raise(scheduleErrors.notFound());
      // What was meant for one agent is not said to another.
      const agentLives = row.agentId === null || (await this.repository.existsAgent(scope, row.agentId));
      if (!agentLives) throw scheduleErrors.unknownAgent();
      const now = this.clock.now();
      const { userId: triggeredBy } = scope.actor;
      const firing = { schedule: row, trigger: 'manual' as const, scheduledFor: now, triggeredBy };
      await this.repository.noteRun(scope, id, now);
      const [runId = ''] = await this.firing.fire([firing], now);
      await this.audit.record(scope, {
        action: 'schedule.run',
        entityType: 'SCHEDULE',
        entityId: id,
        entityName: row.name,
        metadata: { run_id: runId },
      });
      return { status: 'fired', workspace_id: scope.workspaceId, prompt: row.prompt, run_id: runId };
    });
  }
}
