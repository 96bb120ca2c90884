import { Controller, Delete, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Scope } from '#access';
import { Audited } from '#audit-log';
import { BodyAfterLookup, Endpoint, type LateBody } from '#http';
import type { WorkspaceScope } from '#kernel';
import { DeletedResponse } from '../server-settings/dto/deleted.response.js';
import { BindAgentService } from './bind-agent.service.js';
import { ComposioBindingsService } from './composio-bindings.service.js';
import { BindComposioAgentDto } from './dto/bind-composio-agent.dto.js';
import { BoundComposioAgentResponse } from './dto/bound-composio-agent.response.js';
import { ComposioBindingsResponse } from './dto/composio-bindings.response.js';
import { ComposioOptOutResponse } from './dto/composio-opt-out.response.js';
import { UnbindComposioAgentQuery } from './dto/unbind-composio-agent.query.js';
import { OptOutsService } from './opt-outs.service.js';

/** Which Composio apps an agent has (seed 000, "Composio Agent Binding"). */
@ApiTags('Composio')
@Controller('api/v1/integrations/composio/agents/:agentId')
export class ComposioBindingsController {
  constructor(
    private readonly bindings: ComposioBindingsService,
    private readonly binding: BindAgentService,
    private readonly optOuts: OptOutsService,
  ) {}

  @Get('bind')
  @Access('composio:read')
  @Endpoint({
    id: 'listComposioAgentBindings',
    summary: 'List an agent’s Composio apps',
    type: ComposioBindingsResponse,
    errors: [404],
  })
  list(@Scope() scope: WorkspaceScope, @Param('agentId') agentId: string): Promise<ComposioBindingsResponse> {
    return this.bindings.list(scope, agentId);
  }

  @Post('bind')
  @Access('composio:manage')
  @Audited('composio_binding.bind')
  @Endpoint({
    id: 'bindComposioAgent',
    summary: 'Give an agent its Composio apps',
    description:
      'The apps replace those that it has; the same again changes nothing. For each an MCP server with just its tools is ' +
      'used at Composio, or made there. `read` takes the tools that Composio marks as reading only, and where it marks ' +
      'nothing those whose names have a reading verb and no writing one. What is no longer used at Composio is deleted ' +
      'there; where that fails it is listed as a leftover and tried again. Changes of one workspace go one after the other.',
    type: BoundComposioAgentResponse,
    body: BindComposioAgentDto,
    errors: [400, 404, 409, 502],
  })
  bind(
    @Scope() scope: WorkspaceScope,
    @Param('agentId') agentId: string,
    @BodyAfterLookup(BindComposioAgentDto) body: LateBody<BindComposioAgentDto>,
  ): Promise<BoundComposioAgentResponse> {
    return this.binding.bind(scope, agentId, body);
  }

  @Delete('bind')
  @Access('composio:manage')
  @Audited('composio_binding.unbind')
  @Endpoint({
    id: 'unbindComposioAgent',
    summary: 'Take Composio apps from an agent',
    description: 'One app, or all without `toolkit`. An app that it does not have counts as taken. Needs no key.',
    type: DeletedResponse,
    errors: [400, 404, 409],
  })
  unbind(
    @Scope() scope: WorkspaceScope,
    @Param('agentId') agentId: string,
    @Query() query: UnbindComposioAgentQuery,
  ): Promise<DeletedResponse> {
    return this.bindings.remove(scope, agentId, query.toolkit);
  }

  @Put('opt-out')
  @Access('composio:manage')
  @Audited('composio_binding.opt_out')
  @Endpoint({
    id: 'optOutComposioAgent',
    summary: 'Give an agent nothing of Composio',
    description:
      'It gets neither its own apps, which stay bound, nor the default connector. Where the default connector holds other ' +
      'servers back, it gets none of those either. Again changes nothing.',
    type: ComposioOptOutResponse,
    errors: [404],
  })
  optOut(@Scope() scope: WorkspaceScope, @Param('agentId') agentId: string): Promise<ComposioOptOutResponse> {
    return this.optOuts.optOut(scope, agentId);
  }

  @Delete('opt-out')
  @Access('composio:manage')
  @Audited('composio_binding.opt_in')
  @Endpoint({
    id: 'endComposioAgentOptOut',
    summary: 'End an agent’s opt-out of Composio',
    description: 'Again changes nothing.',
    type: ComposioOptOutResponse,
    errors: [404],
  })
  optIn(@Scope() scope: WorkspaceScope, @Param('agentId') agentId: string): Promise<ComposioOptOutResponse> {
    return this.optOuts.optIn(scope, agentId);
  }
}
