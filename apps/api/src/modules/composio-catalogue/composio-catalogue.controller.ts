import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Scope } from '#access';
import { Endpoint } from '#http';
import type { WorkspaceScope } from '#kernel';
import { ComposioCatalogueService } from './composio-catalogue.service.js';
import { ComposioInventoryResponse } from './dto/composio-inventory.response.js';
import { ComposioToolkitsQuery, ComposioToolsQuery } from './dto/composio-list.query.js';
import { ComposioToolkitsResponse } from './dto/composio-toolkits.response.js';
import { ComposioToolsResponse } from './dto/composio-tools.response.js';

/** What there is at Composio (seed 000, "Managed Integrations"). */
@ApiTags('Composio')
@Controller('api/v1/integrations/composio')
export class ComposioCatalogueController {
  constructor(private readonly catalogue: ComposioCatalogueService) {}

  @Get('inventory')
  @Access('composio:read')
  @Endpoint({
    id: 'getComposioInventory',
    summary: 'List what is connected in the Composio project',
    description:
      'All auth configs and all connected accounts, by Composio user, read to the last page. For operators: an agent ' +
      'gets the accounts of one user only.',
    type: ComposioInventoryResponse,
    errors: [502],
  })
  inventory(@Scope() scope: WorkspaceScope): Promise<ComposioInventoryResponse> {
    return this.catalogue.inventory(scope);
  }

  @Get('toolkits')
  @Access('composio:read')
  @Endpoint({
    id: 'listComposioToolkits',
    summary: 'List the apps that can be connected',
    type: ComposioToolkitsResponse,
    errors: [400, 502],
  })
  toolkits(@Scope() scope: WorkspaceScope, @Query() query: ComposioToolkitsQuery): Promise<ComposioToolkitsResponse> {
    return this.catalogue.toolkits(scope, query);
  }

  @Get('tools')
  @Access('composio:read')
  @Endpoint({
    id: 'listComposioTools',
    summary: 'List the tools of an app',
    type: ComposioToolsResponse,
    errors: [400, 502],
  })
  tools(@Scope() scope: WorkspaceScope, @Query() query: ComposioToolsQuery): Promise<ComposioToolsResponse> {
    return this.catalogue.tools(scope, query);
  }
}
