import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Scope } from '#access';
import { Audited } from '#audit-log';
import { Endpoint, PageQuery } from '#http';
import type { Page, WorkspaceScope } from '#kernel';
import { DeletedResponse } from '../server-settings/dto/deleted.response.js';
import { WorkspaceParameter } from '../workspaces/workspace-parameter.decorator.js';
import { CreateScheduleDto } from './dto/create-schedule.dto.js';
import { ScheduleResponse } from './dto/schedule.response.js';
import { ScheduleChangeResponse } from './dto/schedule-change.response.js';
import { UpdateScheduleDto } from './dto/update-schedule.dto.js';
import { ScheduleChangesService } from './schedule-changes.service.js';
import { SchedulesService } from './schedules.service.js';

const byMembersOrToken = { in: 'path', orWorkspaceToken: true } as const;

/** Prompts that are sent to a workspace's agents again and again (seed 004). */
@ApiTags('Schedules')
@Controller('api/v1/workspaces/:workspaceId/schedules')
export class SchedulesController {
  constructor(
    private readonly schedules: SchedulesService,
    private readonly changes: ScheduleChangesService,
  ) {}

  @Get()
  @WorkspaceParameter()
  @Access('schedule:read', byMembersOrToken)
  @Endpoint({
    id: 'listSchedules',
    summary: 'List the schedules of a workspace',
    description: 'Oldest first.',
    type: [ScheduleResponse],
    paged: true,
    errors: [404],
  })
  list(@Scope() scope: WorkspaceScope, @Query() page: PageQuery): Promise<Page<ScheduleResponse>> {
    return this.schedules.list(scope, page);
  }

  @Post()
  @WorkspaceParameter()
  @Access('schedule:create', byMembersOrToken)
  @Audited('schedule.create')
  @Endpoint({
    id: 'createSchedule',
    summary: 'Create a schedule',
    description:
      'The prompt goes to `agent_id`, else to the workspace’s lead agent. A wall time that a change of the clock leaves out ' +
      'does not happen that day; one that it repeats happens twice. An expression that never matches is refused, and so is ' +
      'one without a match within five years. A workspace has at most 1000 schedules.',
    status: 201,
    type: ScheduleChangeResponse,
    errors: [400, 404, 409],
  })
  create(@Scope() scope: WorkspaceScope, @Body() body: CreateScheduleDto): Promise<ScheduleChangeResponse> {
    return this.changes.create(scope, body);
  }

  @Get(':scheduleId')
  @WorkspaceParameter()
  @Access('schedule:read', byMembersOrToken)
  @Endpoint({ id: 'getSchedule', summary: 'Get one schedule', type: ScheduleResponse, errors: [404] })
  get(@Scope() scope: WorkspaceScope, @Param('scheduleId') id: string): Promise<ScheduleResponse> {
    return this.schedules.get(scope, id);
  }

  @Patch(':scheduleId')
  @WorkspaceParameter()
  @Access('schedule:create', byMembersOrToken)
  @Audited('schedule.update')
  @Endpoint({
    id: 'updateSchedule',
    summary: 'Change a schedule',
    description:
      'Absent members stay, and so do those that are null, apart from `agent_id`. A new expression or zone, and switching it ' +
      'on again, set the next run from now: what was missed is not made up for.',
    type: ScheduleChangeResponse,
    errors: [400, 404, 409],
  })
  update(
    @Scope() scope: WorkspaceScope,
    @Param('scheduleId') id: string,
    @Body() body: UpdateScheduleDto,
  ): Promise<ScheduleChangeResponse> {
    return this.changes.update(scope, id, body);
  }

  @Delete(':scheduleId')
  @WorkspaceParameter()
  @Access('schedule:create', byMembersOrToken)
  @Audited('schedule.delete')
  @Endpoint({
    id: 'deleteSchedule',
    summary: 'Delete a schedule with its history',
    description: 'A message that is on its way already is not called back.',
    type: DeletedResponse,
    errors: [404],
  })
  remove(@Scope() scope: WorkspaceScope, @Param('scheduleId') id: string): Promise<DeletedResponse> {
    return this.changes.remove(scope, id);
  }
}
