import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Scope } from '#access';
import { Endpoint, PageQuery } from '#http';
import type { Page, WorkspaceScope } from '#kernel';
import { CrewIntegrationsService } from './crew-integrations.service.js';
import { CrewIntegrationOverviewResponse } from './dto/crew-integration-overview.response.js';

/** MCP servers of all crews (seed 000, "All Crew Integrations"). Shares its path with `integrations/{integrationId}`. */
@ApiTags('Crew integrations')
@Controller('api/v1/integrations/crews')
export class AllCrewIntegrationsController {
  constructor(private readonly integrations: CrewIntegrationsService) {}

  @Get()
  @Access('crew_integration:read')
  @Endpoint({
    id: 'listAllCrewIntegrations',
    summary: 'List the MCP servers of all crews',
    description: 'By name of the crew, then of the server. Deleted crews are left out.',
    type: [CrewIntegrationOverviewResponse],
    paged: true,
  })
  list(@Scope() scope: WorkspaceScope, @Query() page: PageQuery): Promise<Page<CrewIntegrationOverviewResponse>> {
    return this.integrations.listAll(scope, page);
  }
}
