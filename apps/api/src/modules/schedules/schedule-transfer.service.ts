import { Injectable } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import { AppError, Clock, Ids, type WorkspaceScope } from '#kernel';
import { wellFormed, withoutReturns } from './schedule-body-rules.js';
import { SchedulePlans } from './schedule-plans.service.js';
import { ScheduleTransferRepository } from './schedule-transfer.repository.js';
import { SchedulesRepository } from './schedules.repository.js';
import {
  mostSchedules,
  type Schedule,
  type ScheduleImportReport,
  type ScheduleSource,
  type TransferredSchedule,
} from './schedules.types.js';

const longest = { name: 200, cronExpr: 512, timezone: 100, prompt: 65_536 };

/** Takes schedules out of a workspace, and puts them into one, for bundles and organisation templates. */
@Injectable()
export class ScheduleTransferService {
  constructor(
    private readonly rows: ScheduleTransferRepository,
    private readonly schedules: SchedulesRepository,
    private readonly plans: SchedulePlans,
    private readonly audit: AuditLogService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** All schedules of the workspace by name, without ids and without their past. */
  export(scope: Pick<WorkspaceScope, 'workspaceId'>): Promise<TransferredSchedule[]> {
    return this.rows.findAll(scope);
  }

  /**
   * Adds schedules as part of the caller's transaction. One with a name that is there is brought up to date when that came
   * from a template, and left alone when somebody made it here. What will not do is told, not thrown.
   */
  async import(
    scope: WorkspaceScope,
    items: readonly TransferredSchedule[],
    { source }: { source: ScheduleSource },
  ): Promise<ScheduleImportReport> {
    const report: ScheduleImportReport = { imported: [], skipped: [] };
    const count = await this.schedules.countAndHold(scope);
    const known = await this.rows.findSources(scope);
    const agents = await this.rows.findAgents(scope, slugsOf(items));
    const rows = new Map<string, Schedule>();
    for (const item of items) {
      const reason = this.#refusal(item, { known, agents, taken: rows, free: mostSchedules - count });
      if (reason !== null) {
        report.skipped.push({ name: item.name, reason });
        continue;
      }
      rows.set(item.name, this.#rowOf(scope, item, agents, source));
      report.imported.push(item.name);
    }
    await this.rows.upsert([...rows.values()]);
    await this.#record(scope, report);
    return report;
  }

  #refusal(item: TransferredSchedule, at: Target): string | null {
    const existing = at.known.get(item.name);
    if (at.taken.has(item.name)) return 'another one of this import has the name';
    if (existing && existing.source !== 'template') return 'a schedule that was made here has the name';
    const added = [...at.taken.keys()].filter((name) => !at.known.has(name)).length;
    if (!existing && added >= at.free) return `a workspace has at most ${mostSchedules} schedules`;
    if (item.agent_slug !== null && !at.agents.has(item.agent_slug)) return 'there is no agent with its agent_slug';
    if (`${item.name}${item.prompt}`.includes('\u0000')) return 'a text holds a NUL character';
    if (item.name === '') return 'name must not be empty';
    if (
      item.name.length > longest.name ||
      item.cron_expr.length > longest.cronExpr ||
      item.timezone.length > longest.timezone ||
      item.prompt.length > longest.prompt
    ) {
      return 'a text is too long';
    }
    return this.#planFault(item);
  }

  #planFault({ cron_expr: cronExpr, timezone }: TransferredSchedule): string | null {
    try {
      this.plans.firstRun({ cronExpr, timezone }, this.clock.now());
      return null;
    } catch (error) {
      if (error instanceof AppError) return error.fields[0]?.message ?? error.message;
      throw error;
    }
  }

  #rowOf(
    { workspaceId }: WorkspaceScope,
    item: TransferredSchedule,
    agents: ReadonlyMap<string, string>,
    source: ScheduleSource,
  ): Schedule {
    const now = this.clock.now();
    const timing = { cronExpr: item.cron_expr, timezone: item.timezone || 'UTC' };
    return {
      id: this.ids.next(),
      workspaceId,
      agentId: item.agent_slug === null ? null : (agents.get(item.agent_slug) ?? null),
      name: wellFormed(item.name),
      ...timing,
      prompt: wellFormed(withoutReturns(item.prompt)),
      enabled: item.enabled,
      source,
      nextRunAt: this.plans.firstRun(timing, now),
      lastRunAt: null,
      runCount: 0,
      lastStatus: '',
      lastError: '',
      createdAt: now,
      updatedAt: now,
    };
  }

  async #record(scope: WorkspaceScope, { imported, skipped }: ScheduleImportReport): Promise<void> {
    if (imported.length === 0) return;
    await this.audit.record(scope, {
      action: 'schedule.import',
      entityType: 'SCHEDULE',
      entityId: null,
      metadata: { imported: imported.length, skipped: skipped.length },
    });
  }
}

interface Target {
  known: ReadonlyMap<string, { source: string }>;
  agents: ReadonlyMap<string, string>;
  taken: ReadonlyMap<string, Schedule>;
  /** How many further schedules the workspace may have. */
  free: number;
}

function slugsOf(items: readonly TransferredSchedule[]): string[] {
  return [...new Set(items.flatMap(({ agent_slug }) => (agent_slug === null ? [] : [agent_slug])))];
}
