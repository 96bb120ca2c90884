import { Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Scope } from '#access';
import { Audited } from '#audit-log';
import { BodyAfterLookup, Endpoint, type LateBody, PageQuery } from '#http';
import type { Page, WorkspaceScope } from '#kernel';
import { RefreshToolsDto } from './dto/refresh-tools.dto.js';
import { ToolBindingResponse } from './dto/tool-binding.response.js';
import { ToolsRefreshedResponse } from './dto/tools-refreshed.response.js';
import { UpdateToolBindingDto } from './dto/update-tool-binding.dto.js';
import { ToolBindingsService } from './tool-bindings.service.js';

/** The tools of a crew's server, one by one (seed 000). None of these operations calls the server. */
@ApiTags('Tool bindings')
@Controller('api/v1/crews/:crewId/integrations/:integrationId/tools')
export class ToolBindingsController {
  constructor(private readonly tools: ToolBindingsService) {}

  @Get()
  @Access('tool_binding:read')
  @Endpoint({
    id: 'listToolBindings',
    summary: 'List the recorded tools of a crew’s server',
    description: 'By name. Only tools that were switched or seen by a refresh are recorded; any other is offered.',
    type: [ToolBindingResponse],
    paged: true,
    errors: [404],
  })
  list(
    @Scope() scope: WorkspaceScope,
    @Param('crewId') crewId: string,
    @Param('integrationId') integrationId: string,
    @Query() page: PageQuery,
  ): Promise<Page<ToolBindingResponse>> {
    return this.tools.list(scope, { crewId, integrationId }, page);
  }

  @Patch(':toolName')
  @Access('tool_binding:manage')
  @Audited('tool_binding.update')
  @Endpoint({
    id: 'updateToolBinding',
    summary: 'Switch one tool on or off, or describe it',
    description: 'Records the tool if it is not yet. A `/` in the name is sent as `%2F`.',
    type: ToolBindingResponse,
    body: UpdateToolBindingDto,
    errors: [400, 404],
  })
  update(
    @Scope() scope: WorkspaceScope,
    @Param('crewId') crewId: string,
    @Param('integrationId') integrationId: string,
    @Param('toolName') toolName: string,
    @BodyAfterLookup(UpdateToolBindingDto) body: LateBody<UpdateToolBindingDto>,
  ): Promise<ToolBindingResponse> {
    return this.tools.update(scope, { crewId, integrationId }, toolName, body);
  }

  @Post('refresh')
  @Access('tool_binding:manage')
  @Audited('tool_binding.refresh')
  @Endpoint({
    id: 'refreshToolBindings',
    summary: 'Record the tools that a server listed',
    description:
      'New tools are recorded as enabled, known ones get the new description and keep their switch, and those that are ' +
      'not in the list stay.',
    type: ToolsRefreshedResponse,
    body: RefreshToolsDto,
    errors: [400, 404],
  })
  refresh(
    @Scope() scope: WorkspaceScope,
    @Param('crewId') crewId: string,
    @Param('integrationId') integrationId: string,
    @BodyAfterLookup(RefreshToolsDto) body: LateBody<RefreshToolsDto>,
  ): Promise<ToolsRefreshedResponse> {
    return this.tools.refresh(scope, { crewId, integrationId }, body);
  }
}
