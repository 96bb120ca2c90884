import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, InstanceAdmin, Scope } from '#access';
import { Endpoint } from '#http';
import type { Page, WorkspaceScope } from '#kernel';
import { WorkspaceParameter } from '../workspaces/workspace-parameter.decorator.js';
import { EventResponse } from './dto/event.response.js';
import { ListEventsQuery } from './dto/list-events.query.js';
import { EventListsService } from './event-lists.service.js';

/** What happened. */
@ApiTags('Events')
@Controller('api/v1')
export class EventsController {
  constructor(private readonly lists: EventListsService) {}

  @Get('workspaces/:workspaceId/events')
  @WorkspaceParameter()
  @Access('event:read', { in: 'path', orWorkspaceToken: true })
  @Endpoint({
    id: 'listEvents',
    summary: 'List what happened in a workspace',
    description: 'Newest first, of the last 30 days.',
    type: [EventResponse],
    paged: true,
    errors: [400],
  })
  list(@Scope() scope: WorkspaceScope, @Query() query: ListEventsQuery): Promise<Page<EventResponse>> {
    return this.lists.list(scope, query);
  }

  @Get('events')
  @InstanceAdmin()
  @Endpoint({
    id: 'listInstanceEvents',
    summary: 'List what happened on this instance',
    description: 'The last 100 events of all workspaces, newest first.',
    type: [EventResponse],
  })
  newest(): Promise<EventResponse[]> {
    return this.lists.newest();
  }
}
