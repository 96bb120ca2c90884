import { Controller, Delete, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Scope } from '#access';
import { Audited, NotAudited } from '#audit-log';
import { Endpoint, PageQuery } from '#http';
import type { Page, WorkspaceScope } from '#kernel';
import { DeletedResponse } from '../server-settings/dto/deleted.response.js';
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

  @Delete(':leftoverId')
  @Access('composio:manage')
  @Audited('composio_leftover.dismiss')
  @Endpoint({
    id: 'dismissComposioLeftover',
    summary: 'Forget one without asking Composio',
    description:
      'For a server that somebody deleted there, or whose project has no key here any more. It is not tried again.',
    type: DeletedResponse,
    errors: [404, 409],
  })
  dismiss(@Scope() scope: WorkspaceScope, @Param('leftoverId') id: string): Promise<DeletedResponse> {
    return this.leftovers.dismiss(scope, id);
  }
}
