import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Scope } from '#access';
import { Audited } from '#audit-log';
import { BodyAfterLookup, Endpoint, type LateBody, PageQuery } from '#http';
import type { Page, WorkspaceScope } from '#kernel';
import { DeletedResponse } from '../server-settings/dto/deleted.response.js';
import { CreateCrewIntegrationService } from './create-crew-integration.service.js';
import { CrewIntegrationsService } from './crew-integrations.service.js';
import { CreateCrewIntegrationDto } from './dto/create-crew-integration.dto.js';
import { CrewIntegrationResponse } from './dto/crew-integration.response.js';
import { UpdateCrewIntegrationDto } from './dto/update-crew-integration.dto.js';
import { RemoveCrewIntegrationService } from './remove-crew-integration.service.js';
import { UpdateCrewIntegrationService } from './update-crew-integration.service.js';

/** MCP servers of one crew: its own, and its overrides of the workspace's (seed 000). */
@ApiTags('Crew integrations')
@Controller('api/v1/crews/:crewId/integrations')
export class CrewIntegrationsController {
  constructor(
    private readonly integrations: CrewIntegrationsService,
    private readonly creation: CreateCrewIntegrationService,
    private readonly changes: UpdateCrewIntegrationService,
    private readonly removal: RemoveCrewIntegrationService,
  ) {}

  @Get()
  @Access('crew_integration:read')
  @Endpoint({
    id: 'listCrewIntegrations',
    summary: 'List the MCP servers of a crew',
    description:
      'Newest first. Members show what the crew itself says; `inherited` lists what it leaves to the workspace.',
    type: [CrewIntegrationResponse],
    paged: true,
    errors: [404],
  })
  list(
    @Scope() scope: WorkspaceScope,
    @Param('crewId') crewId: string,
    @Query() page: PageQuery,
  ): Promise<Page<CrewIntegrationResponse>> {
    return this.integrations.list(scope, crewId, page);
  }

  @Post()
  @Access('crew_integration:create')
  @Audited('crew_integration.create')
  @Endpoint({
    id: 'createCrewIntegration',
    summary: 'Give a crew an MCP server',
    description:
      'With `workspace_mcp_server_id` the row overrides that integration field by field and inherits what is not given; ' +
      'without it the crew gets a server of its own. With an endpoint at another host, sealed values and the credential ' +
      'of the workspace integration are not sent.',
    status: 201,
    type: CrewIntegrationResponse,
    body: CreateCrewIntegrationDto,
    errors: [400, 404, 409],
  })
  create(
    @Scope() scope: WorkspaceScope,
    @Param('crewId') crewId: string,
    @BodyAfterLookup(CreateCrewIntegrationDto) body: LateBody<CreateCrewIntegrationDto>,
  ): Promise<CrewIntegrationResponse> {
    return this.creation.createFromBody(scope, crewId, body);
  }

  @Get(':integrationId')
  @Access('crew_integration:read')
  @Endpoint({
    id: 'getCrewIntegration',
    summary: 'Get one MCP server of a crew',
    type: CrewIntegrationResponse,
    errors: [404],
  })
  get(
    @Scope() scope: WorkspaceScope,
    @Param('crewId') crewId: string,
    @Param('integrationId') id: string,
  ): Promise<CrewIntegrationResponse> {
    return this.integrations.get(scope, crewId, id);
  }

  @Patch(':integrationId')
  @Access('crew_integration:manage')
  @Audited('crew_integration.update')
  @Endpoint({
    id: 'updateCrewIntegration',
    summary: 'Change an MCP server of a crew',
    description:
      'Absent members stay, null clears (an override inherits again), `***` leaves a sealed value as it was. Name and ' +
      'link cannot change. A change of scheme, host or port must send the row’s secrets again, and `credential_id` to ' +
      'confirm that it goes along.',
    type: CrewIntegrationResponse,
    errors: [400, 404],
  })
  update(
    @Scope() scope: WorkspaceScope,
    @Param('crewId') crewId: string,
    @Param('integrationId') id: string,
    @Body() body: UpdateCrewIntegrationDto,
  ): Promise<CrewIntegrationResponse> {
    return this.changes.update(scope, crewId, id, body);
  }

  @Delete(':integrationId')
  @Access('crew_integration:manage')
  @Audited('crew_integration.delete', 'credential.delete')
  @Endpoint({
    id: 'deleteCrewIntegration',
    summary: 'Take an MCP server away from a crew',
    description:
      'Its agent bindings and tool rows go with it, and credentials that were made for it and nothing else uses, in one ' +
      'transaction.',
    type: DeletedResponse,
    errors: [404],
  })
  remove(
    @Scope() scope: WorkspaceScope,
    @Param('crewId') crewId: string,
    @Param('integrationId') id: string,
  ): Promise<DeletedResponse> {
    return this.removal.remove(scope, crewId, id);
  }
}
