import { Controller, Get, Header, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Caller, SignedIn } from '#access';
import { Audited } from '#audit-log';
import { Endpoint, PageQuery } from '#http';
import type { CallerScope, Page } from '#kernel';
import { RevokedSessionResponse } from './dto/revoked-session.response.js';
import { SessionResponse } from './dto/session.response.js';
import { WsTokenResponse } from './dto/ws-token.response.js';
import { SessionsService } from './sessions.service.js';

/** The caller's browser sessions, and tickets for the WebSocket. */
@ApiTags('Authentication')
@Controller('api/v1')
export class SessionsController {
  constructor(private readonly sessions: SessionsService) {}

  @Get('auth/sessions')
  @SignedIn()
  @Endpoint({
    id: 'listSessions',
    summary: 'List your browser sessions',
    description: 'Those that are alive, newest first.',
    type: [SessionResponse],
    paged: true,
  })
  list(@Caller() scope: CallerScope, @Query() page: PageQuery): Promise<Page<SessionResponse>> {
    return this.sessions.list(scope, page);
  }

  @Post('auth/sessions/:sessionId/revoke')
  @SignedIn()
  @Audited('session.revoke')
  @Endpoint({
    id: 'revokeSession',
    summary: 'End one of your browser sessions',
    description: 'From the next request on its tokens are refused. Ending it again answers the same.',
    type: RevokedSessionResponse,
    errors: [403, 404],
  })
  revoke(@Caller() scope: CallerScope, @Param('sessionId') id: string): Promise<RevokedSessionResponse> {
    return this.sessions.revoke(scope, id);
  }

  @Get('ws-token')
  @SignedIn()
  @Header('Cache-Control', 'no-store')
  @Endpoint({
    id: 'createWsToken',
    summary: 'Get a short-lived token for the WebSocket',
    type: WsTokenResponse,
    errors: [403],
  })
  ticket(@Caller() scope: CallerScope): Promise<WsTokenResponse> {
    return this.sessions.ticket(scope);
  }
}
