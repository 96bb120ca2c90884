import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Scope } from '#access';
import { Endpoint } from '#http';
import type { WorkspaceScope } from '#kernel';
import { ListRunsQuery } from './dto/list-runs.query.js';
import { RunPageResponse, RunResponse } from './dto/run.response.js';
import { RunsService } from './runs.service.js';

/** What agents did (seed 003, "Runs"). */
@ApiTags('Runs and activity')
@Controller('api/v1/runs')
export class RunsController {
  constructor(private readonly runs: RunsService) {}

  @Get()
  @Access('run:read')
  @Endpoint({
    id: 'listRuns',
    summary: 'List the runs of a workspace’s agents',
    description: 'Newest first. Empty until a runtime reports runs.',
    type: RunPageResponse,
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
}
