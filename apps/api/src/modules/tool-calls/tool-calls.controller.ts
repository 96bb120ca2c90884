import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Scope } from '#access';
import { Endpoint } from '#http';
import type { Page, WorkspaceScope } from '#kernel';
import { ListToolCallsQuery } from './dto/list-tool-calls.query.js';
import { ToolCallResponse } from './dto/tool-call.response.js';
import { ToolCallsService } from './tool-calls.service.js';

/** Which tools agents called (seed 003, "Audit"). */
@ApiTags('Audit')
@Controller('api/v1/mcp-tool-calls')
export class ToolCallsController {
  constructor(private readonly calls: ToolCallsService) {}

  @Get()
  @Access('tool_call:read')
  @Endpoint({
    id: 'listToolCalls',
    summary: 'List the tool calls of a workspace’s agents',
    description: 'Newest first.',
    type: [ToolCallResponse],
    paged: true,
    errors: [400],
  })
  list(@Scope() scope: WorkspaceScope, @Query() query: ListToolCallsQuery): Promise<Page<ToolCallResponse>> {
    return this.calls.list(scope, query);
  }
}
