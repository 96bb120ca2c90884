import { Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Scope } from '#access';
import { Audited } from '#audit-log';
import { BodyAfterLookup, Endpoint, type LateBody, SuccessResponse } from '#http';
import type { Page, WorkspaceScope } from '#kernel';
import { AgentChangesService } from './agent-changes.service.js';
import { AgentCreationService } from './agent-creation.service.js';
import { AgentsService } from './agents.service.js';
import { AgentResponse } from './dto/agent.response.js';
import { CreateAgentDto } from './dto/create-agent.dto.js';
import { ListAgentsQuery } from './dto/list-agents.query.js';
import { UpdateAgentDto } from './dto/update-agent.dto.js';

/** Agents, in a crew or on their own. */
@ApiTags('Agents')
@Controller('api/v1/agents')
export class AgentsController {
  constructor(
    private readonly agents: AgentsService,
    private readonly creation: AgentCreationService,
    private readonly changes: AgentChangesService,
  ) {}

  @Get()
  @Access('agent:read')
  @Endpoint({
    id: 'listAgents',
    summary: 'List the agents of the workspace',
    description: 'Live before expired, then newest. `crew_id` narrows the list to one crew.',
    type: [AgentResponse],
    paged: true,
  })
  list(@Scope() scope: WorkspaceScope, @Query() query: ListAgentsQuery): Promise<Page<AgentResponse>> {
    return this.agents.list(scope, query, query.crew_id);
  }

  @Post()
  @Access('agent:create', { orCrewRole: true })
  @Audited('agent.create')
  @Endpoint({
    id: 'createAgent',
    summary: 'Create an agent',
    description:
      'Needs MANAGER in the workspace, or in the crew that the agent joins: a crew role raises, never lowers.',
    status: 201,
    type: AgentResponse,
    body: CreateAgentDto,
    errors: [400, 403, 409],
  })
  create(
    @Scope() scope: WorkspaceScope,
    @BodyAfterLookup(CreateAgentDto) body: LateBody<CreateAgentDto>,
  ): Promise<AgentResponse> {
    return this.creation.create(scope, body);
  }

  @Get(':agentId')
  @Access('agent:read')
  @Endpoint({ id: 'getAgent', summary: 'Get one agent', type: AgentResponse, errors: [404] })
  get(@Scope() scope: WorkspaceScope, @Param('agentId') id: string): Promise<AgentResponse> {
    return this.agents.get(scope, id);
  }

  @Patch(':agentId')
  @Access('agent:update')
  @Audited('agent.update')
  @Endpoint({
    id: 'updateAgent',
    summary: 'Change an agent',
    description:
      'Absent members stay, null clears. A MANAGER may change agents that they made and those of crews that they ' +
      'administer; every other id answers 403 to them, whether it exists or not. Promoting to LEAD demotes the ' +
      'previous lead of the crew.',
    type: AgentResponse,
    body: UpdateAgentDto,
    errors: [400, 403, 404, 409],
  })
  update(
    @Scope() scope: WorkspaceScope,
    @Param('agentId') id: string,
    @BodyAfterLookup(UpdateAgentDto) body: LateBody<UpdateAgentDto>,
  ): Promise<AgentResponse> {
    return this.changes.update(scope, id, body);
  }

  @Delete(':agentId')
  @Access('agent:update')
  @Audited('agent.delete')
  @Endpoint({
    id: 'deleteAgent',
    summary: 'Delete an agent',
    description:
      'Its bindings and credential grants go with it, in one transaction. A MANAGER may delete what they may change.',
    type: SuccessResponse,
    errors: [403, 404],
  })
  remove(@Scope() scope: WorkspaceScope, @Param('agentId') id: string): Promise<SuccessResponse> {
    return this.changes.remove(scope, id);
  }
}
