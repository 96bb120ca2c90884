import { Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Scope } from '#access';
import { NotAudited } from '#audit-log';
import { Endpoint, PageQuery } from '#http';
import type { Page, WorkspaceScope } from '#kernel';
import { ComposioLeftoversService } from './composio-leftovers.service.js';
import { ComposioLeftoverResponse } from './dto/composio-leftover.response.js';
import { RetriedLeftoversResponse } from './dto/retried-leftovers.response.js';

/** MCP servers at Composio that nothing uses any more and that are still to be deleted there. */
@ApiTags('Composio')
@Controller('api/v1/integrations/composio/leftovers')
export class ComposioLeftoversController {
  constructor(private readonly leftovers: ComposioLeftoversService) {}

  @Get()
  @Access('composio:read')
  @Endpoint({
    id: 'listComposioLeftovers',
    summary: 'List what is still to be deleted at Composio',
    description: 'Oldest first. Each is tried again by itself, after a minute at first and every six hours at last.',
    type: [ComposioLeftoverResponse],
    paged: true,
  })
  list(@Scope() scope: WorkspaceScope, @Query() page: PageQuery): Promise<Page<ComposioLeftoverResponse>> {
    return this.leftovers.list(scope, page);
  }

  @Post('retry')
  @Access('composio:manage')
  @NotAudited('it finishes a change that has its audit row')
  @Endpoint({
    id: 'retryComposioLeftovers',
    summary: 'Try now to delete them',
    type: RetriedLeftoversResponse,
    errors: [400, 409],
  })
  retry(@Scope() scope: WorkspaceScope): Promise<RetriedLeftoversResponse> {
    return this.leftovers.retry(scope);
  }
}
