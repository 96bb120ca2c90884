import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Scope } from '#access';
import { Audited } from '#audit-log';
import { BodyAfterLookup, Endpoint, type LateBody, PageQuery } from '#http';
import type { Page, WorkspaceScope } from '#kernel';
import { DeletedResponse } from '../server-settings/dto/deleted.response.js';
import { CreateWorkspaceIntegrationService } from './create-workspace-integration.service.js';
import { CreateWorkspaceIntegrationDto } from './dto/create-workspace-integration.dto.js';
import { UpdateWorkspaceIntegrationDto } from './dto/update-workspace-integration.dto.js';
import { WorkspaceIntegrationResponse } from './dto/workspace-integration.response.js';
import { RemoveWorkspaceIntegrationService } from './remove-workspace-integration.service.js';
import { UpdateWorkspaceIntegrationService } from './update-workspace-integration.service.js';
import { toDraft } from './workspace-integrations.mapper.js';
import { WorkspaceIntegrationsService } from './workspace-integrations.service.js';

/** MCP servers that a workspace offers to its crews and agents (seed 000). */
@ApiTags('Workspace integrations')
@Controller('api/v1/integrations')
export class WorkspaceIntegrationsController {
  constructor(
    private readonly integrations: WorkspaceIntegrationsService,
    private readonly creation: CreateWorkspaceIntegrationService,
    private readonly changes: UpdateWorkspaceIntegrationService,
    private readonly removal: RemoveWorkspaceIntegrationService,
  ) {}

  @Get()
  @Access('integration:read')
  @Endpoint({
    id: 'listWorkspaceIntegrations',
    summary: 'List the MCP servers of the workspace',
    description: 'Newest first. Secret literals are shown as `***`, credential references as written.',
    type: [WorkspaceIntegrationResponse],
    paged: true,
  })
  list(@Scope() scope: WorkspaceScope, @Query() page: PageQuery): Promise<Page<WorkspaceIntegrationResponse>> {
    return this.integrations.list(scope, page);
  }

  @Post()
  @Access('integration:manage')
  @Audited('integration.create')
  @Endpoint({
    id: 'createWorkspaceIntegration',
    summary: 'Register an MCP server for the workspace',
    status: 201,
    type: WorkspaceIntegrationResponse,
    errors: [400, 409],
  })
  create(
    @Scope() scope: WorkspaceScope,
    @Body() body: CreateWorkspaceIntegrationDto,
  ): Promise<WorkspaceIntegrationResponse> {
    return this.creation.create(scope, toDraft(body));
  }

  @Get(':integrationId')
  @Access('integration:read')
  @Endpoint({
    id: 'getWorkspaceIntegration',
    summary: 'Get one MCP server of the workspace',
    type: WorkspaceIntegrationResponse,
    errors: [404],
  })
  get(@Scope() scope: WorkspaceScope, @Param('integrationId') id: string): Promise<WorkspaceIntegrationResponse> {
    return this.integrations.get(scope, id);
  }

  @Patch(':integrationId')
  @Access('integration:manage')
  @Audited('integration.update')
  @Endpoint({
    id: 'updateWorkspaceIntegration',
    summary: 'Change an MCP server of the workspace',
    description:
      'Absent members stay, null clears, `***` leaves a sealed value as it was. The name cannot change. A change of ' +
      'scheme, host or port must send the row’s secrets again, and `credential_id` to confirm that it goes along.',
    type: WorkspaceIntegrationResponse,
    body: UpdateWorkspaceIntegrationDto,
    errors: [400, 404, 409],
  })
  update(
    @Scope() scope: WorkspaceScope,
    @Param('integrationId') id: string,
    @BodyAfterLookup(UpdateWorkspaceIntegrationDto) body: LateBody<UpdateWorkspaceIntegrationDto>,
  ): Promise<WorkspaceIntegrationResponse> {
    return this.changes.update(scope, id, body);
  }

  @Delete(':integrationId')
  @Access('integration:manage')
  @Audited('integration.delete')
  @Endpoint({
    id: 'deleteWorkspaceIntegration',
    summary: 'Remove an MCP server of the workspace',
    description: 'Its crew overrides, agent bindings and tool rows go with it, in one transaction.',
    type: DeletedResponse,
    errors: [404, 409],
  })
  remove(@Scope() scope: WorkspaceScope, @Param('integrationId') id: string): Promise<DeletedResponse> {
    return this.removal.remove(scope, id);
  }
}
