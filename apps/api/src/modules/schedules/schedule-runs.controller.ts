import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Scope } from '#access';
import { Audited } from '#audit-log';
import { Endpoint, PageQuery } from '#http';
import type { Page, WorkspaceScope } from '#kernel';
import { WorkspaceParameter } from '../workspaces/workspace-parameter.decorator.js';
import { FiredScheduleResponse } from './dto/fired-schedule.response.js';
import { defaultHistoryLimit, ListScheduleRunsQuery } from './dto/list-schedule-runs.query.js';
import { ScheduleHealthResponse } from './dto/schedule-health.response.js';
import { ScheduleRunResponse } from './dto/schedule-run.response.js';
import { RunScheduleService } from './run-schedule.service.js';
import { SchedulesService } from './schedules.service.js';

const byMembersOrToken = { in: 'path', orWorkspaceToken: true } as const;

/** Running schedules, and what became of their runs (seed 004). */
@ApiTags('Schedules')
@Controller('api/v1/workspaces/:workspaceId/schedules')
export class ScheduleRunsController {
  constructor(
    private readonly schedules: SchedulesService,
    private readonly running: RunScheduleService,
  ) {}

  @Get('health')
  @WorkspaceParameter()
  @Access('schedule:read', byMembersOrToken)
  @Endpoint({
    id: 'listScheduleHealth',
    summary: 'List how the schedules of a workspace do',
    description: 'Oldest first, without prompts, expressions and zones.',
    type: [ScheduleHealthResponse],
    paged: true,
    errors: [404],
  })
  health(@Scope() scope: WorkspaceScope, @Query() page: PageQuery): Promise<Page<ScheduleHealthResponse>> {
    return this.schedules.health(scope, page);
  }

  @Post(':scheduleId/run')
  @WorkspaceParameter()
  @Access('schedule:create', byMembersOrToken)
  @Audited('schedule.run')
  @Endpoint({
    id: 'runSchedule',
    summary: 'Run a schedule now',
    description:
      'The prompt is on its way when this answers; the history says how the run ends. Works for a schedule that is switched ' +
      'off, and leaves its plan as it is.',
    type: FiredScheduleResponse,
    errors: [404],
  })
  run(@Scope() scope: WorkspaceScope, @Param('scheduleId') id: string): Promise<FiredScheduleResponse> {
    return this.running.run(scope, id);
  }

  @Get(':scheduleId/history')
  @WorkspaceParameter()
  @Access('schedule:read', byMembersOrToken)
  @Endpoint({
    id: 'listScheduleRuns',
    summary: 'List the runs of a schedule',
    description: 'Newest first. Runs are kept for thirty days.',
    type: [ScheduleRunResponse],
    paged: defaultHistoryLimit,
    errors: [404],
  })
  history(
    @Scope() scope: WorkspaceScope,
    @Param('scheduleId') id: string,
    @Query() page: ListScheduleRunsQuery,
  ): Promise<Page<ScheduleRunResponse>> {
    return this.schedules.history(scope, id, page);
  }
}
