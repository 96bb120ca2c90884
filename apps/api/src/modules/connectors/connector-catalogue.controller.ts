import { Controller, Get, Header, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AccessIfNamed, InstanceAdmin, Public, ScopeIfNamed, SignedIn } from '#access';
import { Endpoint } from '#http';
import type { Page, WorkspaceScope } from '#kernel';
import { ConnectorsService } from './connectors.service.js';
import { CatalogueStateResponse } from './dto/catalogue-state.response.js';
import { ConnectorResponse } from './dto/connector.response.js';
import { ConnectorManifestResponse } from './dto/connector-manifest.response.js';
import { ListConnectorsQuery } from './dto/list-connectors.query.js';
import { ManifestSchemaResponse } from './dto/manifest-schema.response.js';

/** What can be installed (seed 001). */
@ApiTags('Connectors')
@Controller('api/v1')
export class ConnectorCatalogueController {
  constructor(private readonly connectors: ConnectorsService) {}

  @Get('connectors')
  @AccessIfNamed('connector:read')
  @Endpoint({
    id: 'listConnectors',
    summary: 'List the connectors of the catalogue',
    description:
      'In the order of their manifests. When a workspace is named, each says whether and how often that workspace has it.',
    type: [ConnectorResponse],
    paged: 100,
    errors: [403],
  })
  list(
    @ScopeIfNamed() scope: WorkspaceScope | null,
    @Query() query: ListConnectorsQuery,
  ): Promise<Page<ConnectorResponse>> {
    return this.connectors.list(scope, query);
  }

  @Get('connectors/schema.json')
  @Public('editors and validators fetch the schema of manifest files without signing in')
  @Header('Cache-Control', 'public, max-age=3600')
  @Endpoint({
    id: 'getConnectorSchema',
    summary: 'Get the JSON Schema of connector manifests',
    type: ManifestSchemaResponse,
  })
  schema(): Record<string, unknown> {
    return this.connectors.schema();
  }

  @Get('connectors/:connectorId')
  @SignedIn()
  @Endpoint({
    id: 'getConnector',
    summary: 'Get the manifest of a connector',
    description: 'The whole manifest, templates included, so that a form can be made of it.',
    type: ConnectorManifestResponse,
    errors: [404],
  })
  get(@Param('connectorId') id: string): ConnectorManifestResponse {
    return this.connectors.get(id);
  }

  @Get('connectors/:connectorId/logo.svg')
  @Public('pictures are fetched by browsers, which send no token')
  @Header('Content-Type', 'image/svg+xml')
  @Header('Cache-Control', 'public, max-age=86400')
  @Header('Cross-Origin-Resource-Policy', 'cross-origin')
  @Endpoint({
    id: 'getConnectorLogo',
    summary: 'Get a picture of a connector',
    description: 'An initial on the connector’s colour: the logos of vendors are theirs.',
    content: 'image/svg+xml',
    errors: [404],
  })
  logo(@Param('connectorId') id: string): string {
    return this.connectors.logo(id);
  }

  @Get('admin/connectors')
  @InstanceAdmin()
  @Endpoint({
    id: 'getConnectorCatalogueState',
    summary: 'Tell which manifest files could not be used, and why',
    type: CatalogueStateResponse,
    errors: [403],
  })
  state(): CatalogueStateResponse {
    return this.connectors.state();
  }
}
