import { Injectable } from '@nestjs/common';
import { AuditLogService, redacted, redactedDiff } from '#audit-log';
import { Clock, Ids, raise, Transactions, type WorkspaceScope } from '#kernel';
import { given } from '../../platform/given.js';
import type { DeletedResponse } from '../server-settings/dto/deleted.response.js';
import type { CreateScheduleDto } from './dto/create-schedule.dto.js';
import type { ScheduleChangeResponse } from './dto/schedule-change.response.js';
import type { UpdateScheduleDto } from './dto/update-schedule.dto.js';
import { generatedName, withoutReturns } from './schedule-body-rules.js';
import { SchedulePlans } from './schedule-plans.service.js';
import { scheduleErrors } from './schedules.errors.js';
import { toScheduleChangeResponse } from './schedules.mapper.js';
import { type ScheduleChange, SchedulesRepository } from './schedules.repository.js';
import { mostSchedules, type Schedule } from './schedules.types.js';

/** Making, changing and removing schedules. */
@Injectable()
export class ScheduleChangesService {
  constructor(
    private readonly repository: SchedulesRepository,
    private readonly plans: SchedulePlans,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * Makes a schedule.
   * @throws AppError 400 for a body, a zone, an expression or an agent that will not do; 409 `schedule.name_taken`, and
   * `schedule.too_many` beside a thousand others.
   */
  create(scope: WorkspaceScope, dto: CreateScheduleDto): Promise<ScheduleChangeResponse> {
    const row = this.#rowOf(scope, dto);
    return this.transactions.run(async () => {
      await this.#requireAgent(scope, row.agentId);
      if ((await this.repository.countAndHold(scope)) >= mostSchedules) throw scheduleErrors.tooMany();
      await this.repository.insert({ ...row, createdByUserId: scope.actor.userId });
      const { name, cronExpr, timezone, enabled, agentId } = row;
      await this.#record(scope, 'schedule.create', row, redacted({ name, cronExpr, timezone, enabled, agentId }));
      return toScheduleChangeResponse('created', row, this.plans.upcoming(row, row.createdAt));
    });
  }

  /** Changes a schedule. @throws AppError 404 `schedule.not_found`, and as {@link create}. */
  update(scope: WorkspaceScope, id: string, dto: UpdateScheduleDto): Promise<ScheduleChangeResponse> {
    return this.transactions.run(async () => {
      const row = (await this.repository.findAndHold(scope, id)) ?? raise(scheduleErrors.notFound());
      const change = this.#changeOf(row, dto);
      if (change.agentId !== undefined) await this.#requireAgent(scope, change.agentId);
      await this.repository.update(scope, id, change);
      const changed = { ...row, ...given(change) };
      await this.#record(scope, 'schedule.update', changed, redactedDiff({ ...row }, change));
      return toScheduleChangeResponse('updated', changed, this.plans.upcoming(changed, change.updatedAt));
    });
  }

  /** Removes a schedule with its history. @throws AppError `schedule.not_found` */
  remove(scope: WorkspaceScope, id: string): Promise<DeletedResponse> {
    return this.transactions.run(async () => {
      const { name } = (await this.repository.remove(scope, id)) ?? raise(scheduleErrors.notFound());
      await this.#record(scope, 'schedule.delete', { id, name }, {});
      return { status: 'deleted' };
    });
  }

  #rowOf({ workspaceId }: WorkspaceScope, dto: CreateScheduleDto): Schedule {
    const cronExpr = dto.cron_expr || dto.expression;
    const prompt = withoutReturns(dto.prompt);
    if (!cronExpr || prompt === '') throw incomplete({ cron_expr: cronExpr, prompt });
    const timezone = dto.timezone || 'UTC';
    const now = this.clock.now();
    const id = this.ids.next();
    return {
      id,
      workspaceId,
      agentId: dto.agent_id || null,
      name: dto.name || generatedName(id),
      cronExpr,
      timezone,
      prompt,
      enabled: dto.enabled ?? true,
      source: 'runtime',
      nextRunAt: this.plans.firstRun({ cronExpr, timezone }, now),
      lastRunAt: null,
      runCount: 0,
      lastStatus: '',
      lastError: '',
      createdAt: now,
      updatedAt: now,
    };
  }

  #changeOf(row: Schedule, dto: UpdateScheduleDto): ScheduleChange {
    const cronExpr = dto.cron_expr ?? dto.expression ?? undefined;
    const timezone = dto.timezone === '' ? 'UTC' : (dto.timezone ?? undefined);
    const now = this.clock.now();
    const resumed = dto.enabled === true && !row.enabled;
    const timing = { cronExpr: cronExpr ?? row.cronExpr, timezone: timezone ?? row.timezone };
    const timed = cronExpr !== undefined || timezone !== undefined || resumed;
    return {
      ...given({
        cronExpr,
        timezone,
        name: dto.name === '' ? generatedName(this.ids.next()) : (dto.name ?? undefined),
        prompt: dto.prompt == null ? undefined : withoutReturns(dto.prompt),
        enabled: dto.enabled ?? undefined,
        agentId: dto.agent_id === undefined ? undefined : dto.agent_id || null,
      }),
      // What was missed before it was changed or while it was switched off does not happen afterwards.
      ...(timed && { nextRunAt: this.plans.firstRun(timing, now) }),
      updatedAt: now,
    };
  }

  async #requireAgent(scope: WorkspaceScope, agentId: string | null): Promise<void> {
    if (agentId === null || (await this.repository.existsAgent(scope, agentId))) return;
    const { message } = scheduleErrors.unknownAgent();
    throw scheduleErrors.unknownAgent({ fields: [{ field: 'agent_id', code: 'unknown', message }] });
  }

  #record(
    scope: WorkspaceScope,
    action: string,
    { id, name }: { id: string; name: string },
    metadata: Record<string, unknown>,
  ): Promise<void> {
    return this.audit.record(scope, { action, entityType: 'SCHEDULE', entityId: id, entityName: name, metadata });
  }
}

function incomplete(members: Readonly<Record<string, string | null | undefined>>): Error {
  const missing = Object.keys(members).filter((field) => !members[field]);
  const fields = missing.map((field) => ({ field, code: 'required', message: `${field} is required` }));
  return scheduleErrors.incomplete({ fields });
}
