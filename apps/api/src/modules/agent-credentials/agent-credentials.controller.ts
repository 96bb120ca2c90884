import { Controller, Delete, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Scope } from '#access';
import { Audited } from '#audit-log';
import { BodyAfterLookup, Endpoint, type LateBody, PageQuery, SuccessResponse } from '#http';
import type { Page, WorkspaceScope } from '#kernel';
import { AgentAssignmentService } from './agent-assignment.service.js';
import { AgentCredentialsService } from './agent-credentials.service.js';
import { AgentCredentialResponse } from './dto/agent-credential.response.js';
import { AssignCredentialDto } from './dto/assign-credential.dto.js';
import { AssignedResponse } from './dto/assigned.response.js';

/** Which agents get which credentials. */
@ApiTags('Credentials')
@Controller('api/v1/agents/:agentId/credentials')
export class AgentCredentialsController {
  constructor(
    private readonly grants: AgentCredentialsService,
    private readonly assignment: AgentAssignmentService,
  ) {}

  @Get()
  @Access('agent_credential:read')
  @Endpoint({
    id: 'listAgentCredentials',
    summary: 'List the credentials that an agent gets',
    description:
      'Explicit grants, and those that follow from its crew and its bindings (`grant_source`; their id is ""). Each ' +
      'credential once; highest priority first, then newest. A grant that has ended is listed beside what still brings ' +
      'the credential.',
    type: [AgentCredentialResponse],
    paged: true,
    errors: [404],
  })
  list(
    @Scope() scope: WorkspaceScope,
    @Param('agentId') agentId: string,
    @Query() page: PageQuery,
  ): Promise<Page<AgentCredentialResponse>> {
    return this.grants.list(scope, agentId, page);
  }

  @Post()
  @Access('agent_credential:manage')
  @Audited('agent_credential.create')
  @Endpoint({
    id: 'assignAgentCredential',
    summary: 'Grant a credential to an agent',
    status: 201,
    type: AssignedResponse,
    body: AssignCredentialDto,
    errors: [400, 404, 409],
  })
  assign(
    @Scope() scope: WorkspaceScope,
    @Param('agentId') agentId: string,
    @BodyAfterLookup(AssignCredentialDto) body: LateBody<AssignCredentialDto>,
  ): Promise<AssignedResponse> {
    return this.assignment.assign(scope, agentId, body);
  }

  @Delete(':assignmentId')
  @Access('agent_credential:manage')
  @Audited('agent_credential.delete')
  @Endpoint({
    id: 'unassignAgentCredential',
    summary: 'Take a credential back from an agent',
    type: SuccessResponse,
    errors: [404],
  })
  unassign(
    @Scope() scope: WorkspaceScope,
    @Param('agentId') agentId: string,
    @Param('assignmentId') id: string,
  ): Promise<SuccessResponse> {
    return this.assignment.unassign(scope, agentId, id);
  }
}
