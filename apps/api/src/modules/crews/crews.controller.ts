import { Body, Controller, Delete, Get, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Scope } from '#access';
import { Audited } from '#audit-log';
import { BodyAfterLookup, Endpoint, type LateBody, PageQuery, SuccessResponse } from '#http';
import type { Page, WorkspaceScope } from '#kernel';
import { CrewChangesService } from './crew-changes.service.js';
import { CrewsService } from './crews.service.js';
import { CreateCrewDto } from './dto/create-crew.dto.js';
import { CrewResponse } from './dto/crew.response.js';
import { UpdateCrewDto } from './dto/update-crew.dto.js';

/** Groups of agents that share integrations. */
@ApiTags('Crews')
@Controller('api/v1/crews')
export class CrewsController {
  constructor(
    private readonly crews: CrewsService,
    private readonly changes: CrewChangesService,
  ) {}

  @Get()
  @Access('crew:read')
  @Endpoint({
    id: 'listCrews',
    summary: 'List the crews of the workspace',
    description: 'Newest first.',
    type: [CrewResponse],
    paged: true,
  })
  list(@Scope() scope: WorkspaceScope, @Query() page: PageQuery): Promise<Page<CrewResponse>> {
    return this.crews.list(scope, page);
  }

  @Post()
  @Access('crew:create')
  @Audited('crew.create')
  @Endpoint({
    id: 'createCrew',
    summary: 'Create a crew',
    description:
      'The creator does not become a member. Servers in `mcp_config_json` become crew integrations at once. ' +
      '`allow_private_endpoints: true` needs ADMIN.',
    status: 201,
    type: CrewResponse,
    errors: [400, 403, 409],
  })
  create(@Scope() scope: WorkspaceScope, @Body() body: CreateCrewDto): Promise<CrewResponse> {
    return this.changes.create(scope, body);
  }

  @Get(':crewId')
  @Access('crew:read')
  @Endpoint({ id: 'getCrew', summary: 'Get one crew', type: CrewResponse, errors: [404] })
  get(@Scope() scope: WorkspaceScope, @Param('crewId') id: string): Promise<CrewResponse> {
    return this.crews.get(scope, id);
  }

  @Patch(':crewId')
  @Access('crew:manage')
  @Audited('crew.update')
  @Endpoint({
    id: 'updateCrew',
    summary: 'Change a crew',
    description:
      'Absent members stay, null clears. Servers in `mcp_config_json` whose names the crew does not have become crew ' +
      'integrations; those that it has stay as they are.',
    type: CrewResponse,
    body: UpdateCrewDto,
    errors: [400, 404, 409],
  })
  update(
    @Scope() scope: WorkspaceScope,
    @Param('crewId') id: string,
    @BodyAfterLookup(UpdateCrewDto) body: LateBody<UpdateCrewDto>,
  ): Promise<CrewResponse> {
    return this.changes.update(scope, id, body);
  }

  @Put(':crewId')
  @Access('crew:manage')
  @Audited('crew.update')
  @Endpoint({
    id: 'putCrew',
    summary: 'Change a crew (same as PATCH)',
    description: 'For clients that send PUT. Absent members stay, as with PATCH.',
    type: CrewResponse,
    body: UpdateCrewDto,
    errors: [400, 404, 409],
  })
  put(
    @Scope() scope: WorkspaceScope,
    @Param('crewId') id: string,
    @BodyAfterLookup(UpdateCrewDto) body: LateBody<UpdateCrewDto>,
  ): Promise<CrewResponse> {
    return this.changes.update(scope, id, body);
  }

  @Delete(':crewId')
  @Access('crew:manage')
  @Audited('crew.delete')
  @Endpoint({
    id: 'deleteCrew',
    summary: 'Delete a crew',
    description:
      'Its agents, integrations with their bindings and tool rows, memberships and credential links go with it, and ' +
      'credentials that were made for those integrations and that nothing else uses. One transaction.',
    type: SuccessResponse,
    errors: [404],
  })
  remove(@Scope() scope: WorkspaceScope, @Param('crewId') id: string): Promise<SuccessResponse> {
    return this.changes.remove(scope, id);
  }
}
