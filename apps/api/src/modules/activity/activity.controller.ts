import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Scope } from '#access';
import { Endpoint } from '#http';
import type { Page, WorkspaceScope } from '#kernel';
import { ActivityService } from './activity.service.js';
import { ActivityEntryResponse } from './dto/activity-entry.response.js';
import { defaultActivityLimit, ListActivityQuery } from './dto/list-activity.query.js';

/** The cross-crew activity feed (seed 003, "Activity"). */
@ApiTags('Runs and activity')
@Controller('api/v1/activity')
export class ActivityController {
  constructor(private readonly activity: ActivityService) {}

  @Get()
  @Access('activity:read')
  @Endpoint({
    id: 'listActivity',
    summary: 'Read the cross-crew activity feed',
    description: 'Assignments, peer conversations and escalations, newest first. Empty until a runtime reports them.',
    type: [ActivityEntryResponse],
    paged: defaultActivityLimit,
  })
  list(@Scope() scope: WorkspaceScope, @Query() query: ListActivityQuery): Promise<Page<ActivityEntryResponse>> {
    return this.activity.list(scope, query);
  }
}
