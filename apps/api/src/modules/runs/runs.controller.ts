import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Scope } from '#access';
import { Audited } from '#audit-log';
import { Endpoint } from '#http';
import type { WorkspaceScope } from '#kernel';
import { ListRunsQuery } from './dto/list-runs.query.js';
import { RunPageResponse, RunResponse } from './dto/run.response.js';
import { RunActionsService } from './run-actions.service.js';
import { RunsService } from './runs.service.js';

/** What agents did (seed 003, "Runs"). */
@ApiTags('Runs and activity')
@Controller('api/v1/runs')
export class RunsController {
  constructor(
    private readonly runs: RunsService,
    private readonly actions: RunActionsService,
  ) {}

  @Get()
  @Access('run:read')
  @Endpoint({
    id: 'listRuns',
    summary: 'List the runs of a workspace’s agents',
    description: 'Newest first. Empty until a runtime reports runs.',
    type: RunPageResponse,
    paged: true,
    errors: [400],
  })
  list(@Scope() scope: WorkspaceScope, @Query() query: ListRunsQuery): Promise<RunPageResponse> {
    return this.runs.list(scope, query);
  }

  @Get(':runId')
  @Access('run:read')
  @Endpoint({ id: 'getRun', summary: 'Get one run', type: RunResponse, errors: [404] })
  get(@Scope() scope: WorkspaceScope, @Param('runId') id: string): Promise<RunResponse> {
    return this.runs.get(scope, id);
  }

  @Post(':runId/cancel')
  @Access('run:create')
  @Audited('run.cancel')
  @Endpoint({
    id: 'cancelRun',
    summary: 'Cancel a run',
    description:
      'Its message is not sent any more, or its answer not taken. What is being sent at this moment may still arrive.',
    type: RunResponse,
    errors: [404, 409],
  })
  cancel(@Scope() scope: WorkspaceScope, @Param('runId') id: string): Promise<RunResponse> {
    return this.actions.cancel(scope, id);
  }

  @Post(':runId/retry')
  @Access('run:create')
  @Audited('run.retry')
  @Endpoint({
    id: 'retryRun',
    summary: 'Run a finished run again',
    description: 'Sends the same message as a new delivery and answers the new run.',
    status: 201,
    type: RunResponse,
    errors: [404, 409],
  })
  retry(@Scope() scope: WorkspaceScope, @Param('runId') id: string): Promise<RunResponse> {
    return this.actions.retry(scope, id);
  }
}
