import { Injectable } from '@nestjs/common';
import { Clock, type Page, type PageRequest, raise, type WorkspaceScope } from '#kernel';
import type { ScheduleResponse } from './dto/schedule.response.js';
import type { ScheduleHealthResponse } from './dto/schedule-health.response.js';
import type { ScheduleRunResponse } from './dto/schedule-run.response.js';
import { SchedulePlans } from './schedule-plans.service.js';
import { ScheduleRunsRepository } from './schedule-runs.repository.js';
import { scheduleErrors } from './schedules.errors.js';
import { toScheduleHealthResponse, toScheduleResponse, toScheduleRunResponse } from './schedules.mapper.js';
import { SchedulesRepository } from './schedules.repository.js';
import type { Schedule } from './schedules.types.js';

/** Reading a workspace's schedules and what became of them. */
@Injectable()
export class SchedulesService {
  constructor(
    private readonly repository: SchedulesRepository,
    private readonly runs: ScheduleRunsRepository,
    private readonly plans: SchedulePlans,
    private readonly clock: Clock,
  ) {}

  /** One page of the workspace's schedules, oldest first. */
  async list(scope: WorkspaceScope, page: PageRequest): Promise<Page<ScheduleResponse>> {
    const { items, total } = await this.repository.findMany(scope, page);
    return { items: items.map((row) => this.#shown(row)), total };
  }

  /** @throws AppError `schedule.not_found`, also for another workspace's. */
  async get(scope: WorkspaceScope, id: string): Promise<ScheduleResponse> {
    return this.#shown((await this.repository.findById(scope, id)) ?? raise(scheduleErrors.notFound()));
  }

  /** As {@link list}, without what the schedules say. */
  async health(scope: WorkspaceScope, page: PageRequest): Promise<Page<ScheduleHealthResponse>> {
    const { items, total } = await this.repository.findMany(scope, page);
    return { items: items.map(toScheduleHealthResponse), total };
  }

  /** One page of a schedule's runs, newest first. @throws AppError `schedule.not_found` */
  async history(scope: WorkspaceScope, id: string, page: PageRequest): Promise<Page<ScheduleRunResponse>> {
    if (!(await this.repository.findById(scope, id))) throw scheduleErrors.notFound();
    const { items, total } = await this.runs.findMany(scope, id, page);
    return { items: items.map(toScheduleRunResponse), total };
  }

  #shown(row: Schedule): ScheduleResponse {
    return toScheduleResponse(row, this.plans.upcoming(row, this.clock.now()));
  }
}
