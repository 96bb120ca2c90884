import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Scope } from '#access';
import { Audited } from '#audit-log';
import { BodyAfterLookup, Endpoint, type LateBody, PageQuery } from '#http';
import type { Page, WorkspaceScope } from '#kernel';
import { DeletedResponse } from '../server-settings/dto/deleted.response.js';
import { AgentBindingsService } from './agent-bindings.service.js';
import { CreateAgentBindingService } from './create-agent-binding.service.js';
import { AgentBindingResponse } from './dto/agent-binding.response.js';
import { CreateAgentBindingDto } from './dto/create-agent-binding.dto.js';
import { UpdateAgentBindingDto } from './dto/update-agent-binding.dto.js';
import { UpdatedAgentBindingResponse } from './dto/updated-agent-binding.response.js';
import { RemoveAgentBindingService } from './remove-agent-binding.service.js';
import { UpdateAgentBindingService } from './update-agent-binding.service.js';

/** What one agent says of servers of the workspace and of its crew (seed 000). */
@ApiTags('Agent bindings')
@Controller('api/v1/agents/:agentId/integrations')
export class AgentBindingsController {
  constructor(
    private readonly bindings: AgentBindingsService,
    private readonly creation: CreateAgentBindingService,
    private readonly changes: UpdateAgentBindingService,
    private readonly removal: RemoveAgentBindingService,
  ) {}

  @Get()
  @Access('agent_binding:read')
  @Endpoint({
    id: 'listAgentBindings',
    summary: 'List the bindings of an agent',
    description: 'Newest first, disabled ones included.',
    type: [AgentBindingResponse],
    paged: true,
    errors: [404],
  })
  list(
    @Scope() scope: WorkspaceScope,
    @Param('agentId') agentId: string,
    @Query() page: PageQuery,
  ): Promise<Page<AgentBindingResponse>> {
    return this.bindings.list(scope, agentId, page);
  }

  @Post()
  @Access('agent_binding:create')
  @Audited('agent_binding.create')
  @Endpoint({
    id: 'createAgentBinding',
    summary: 'Bind a server to an agent',
    description: 'The server is one of the workspace’s or of the agent’s own crew. Each can be bound once.',
    status: 201,
    type: AgentBindingResponse,
    body: CreateAgentBindingDto,
    errors: [400, 404, 409],
  })
  create(
    @Scope() scope: WorkspaceScope,
    @Param('agentId') agentId: string,
    @BodyAfterLookup(CreateAgentBindingDto) body: LateBody<CreateAgentBindingDto>,
  ): Promise<AgentBindingResponse> {
    return this.creation.create(scope, agentId, body);
  }

  @Patch(':integrationId')
  @Access('agent_binding:update')
  @Audited('agent_binding.update')
  @Endpoint({
    id: 'updateAgentBinding',
    summary: 'Change a binding of an agent',
    description:
      '`integrationId` is the id of the binding; the id of its server is understood too. Absent members stay, null and ' +
      '`""` clear.',
    type: UpdatedAgentBindingResponse,
    errors: [400, 404],
  })
  update(
    @Scope() scope: WorkspaceScope,
    @Param('agentId') agentId: string,
    @Param('integrationId') integrationId: string,
    @Body() body: UpdateAgentBindingDto,
  ): Promise<UpdatedAgentBindingResponse> {
    return this.changes.update(scope, agentId, integrationId, body);
  }

  @Delete(':integrationId')
  @Access('agent_binding:create')
  @Audited('agent_binding.delete')
  @Endpoint({
    id: 'deleteAgentBinding',
    summary: 'Take a binding away from an agent',
    description: '`integrationId` is the id of the binding; the id of its server is understood too.',
    type: DeletedResponse,
    errors: [404],
  })
  remove(
    @Scope() scope: WorkspaceScope,
    @Param('agentId') agentId: string,
    @Param('integrationId') integrationId: string,
  ): Promise<DeletedResponse> {
    return this.removal.remove(scope, agentId, integrationId);
  }
}
