import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Access, Scope } from '#access';
import { Endpoint } from '#http';
import type { WorkspaceScope } from '#kernel';
import { WorkspaceParameter } from '../workspaces/workspace-parameter.decorator.js';
import { StreamEventsQuery } from './dto/stream-events.query.js';
import { SseService } from './sse.service.js';

/** What happens, as it happens. */
@ApiTags('Events')
@Controller('api/v1/workspaces/:workspaceId/events/stream')
export class EventStreamController {
  constructor(private readonly streams: SseService) {}

  @Get()
  @WorkspaceParameter()
  @Access('event:read', { in: 'path', orWorkspaceToken: true })
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'Id of the last event that was received: the stream goes on after it. Without one it begins now.',
    schema: { type: 'string', maxLength: 64, example: '1234-56' },
  })
  @Endpoint({
    id: 'streamEvents',
    summary: 'Receive what happens in a workspace, as it happens',
    description:
      'Server-sent events. A comment (`: ping`) comes first and every 15 seconds. An event has an `id` and one line of ' +
      '`data`: `{"type": EventType, "timestamp": Unix milliseconds, "data": {…}, "agent_id": string or null}`. Nothing ' +
      'is left out across reconnects that send the last `id` (browsers do), as long as it is less than 30 days old, ' +
      'whatever process they reach. The stream ends with an event `closed` and its `reason`: `access_lost` within a minute ' +
      'of losing the session, token, membership or workspace that opened it, `slow_consumer`, `shutting_down`. One caller ' +
      'has at most 20 streams.',
    success: 'The stream; it does not end by itself.',
    content: 'text/event-stream',
    errors: [400],
  })
  open(
    @Scope() scope: WorkspaceScope,
    @Query() { last_event_id }: StreamEventsQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    return this.streams.open(scope, request, response, request.get('last-event-id') || last_event_id || null);
  }
}
