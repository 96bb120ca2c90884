import { Controller, Delete, Get, Param, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Access, Scope } from '#access';
import { Audited } from '#audit-log';
import { BodyAfterLookup, Endpoint, type LateBody, PageQuery } from '#http';
import type { Page, WorkspaceScope } from '#kernel';
import { FlowBrowserService } from '../oauth-flows/flow-browser.service.js';
import { DeletedResponse } from '../server-settings/dto/deleted.response.js';
import { ConnectInstallationService } from './connect-installation.service.js';
import { ConnectorsService } from './connectors.service.js';
import { ConnectorInstallationResponse } from './dto/connector-installation.response.js';
import { InstallConnectorDto } from './dto/install-connector.dto.js';
import { InstallConnectorResponse } from './dto/install-connector.response.js';
import { VerifyConnectorDto } from './dto/verify-connector.dto.js';
import { VerifyConnectorResponse } from './dto/verify-connector.response.js';
import { InstallConnectorService } from './install-connector.service.js';
import { UninstallConnectorService } from './uninstall-connector.service.js';
import { VerifyConnectorService } from './verify-connector.service.js';

const cookieHeader = {
  'Set-Cookie': 'Ties an authorization to this browser, for ten minutes and the OAuth paths only.',
};

/** Trying, installing and removing connectors in a workspace (seed 001). */
@ApiTags('Connectors')
@Controller('api/v1/connectors/:connectorId')
export class ConnectorsController {
  constructor(
    private readonly connectors: ConnectorsService,
    private readonly verification: VerifyConnectorService,
    private readonly installation: InstallConnectorService,
    private readonly removal: UninstallConnectorService,
    private readonly connection: ConnectInstallationService,
    private readonly browser: FlowBrowserService,
  ) {}

  @Post('verify')
  @Access('connector:create')
  @Audited('connector.verify')
  @Endpoint({
    id: 'verifyConnector',
    summary: 'Try values before installing a connector',
    description:
      'One call to the provider, one sign-in to the database or one `tools/list` to the MCP server, as the manifest says, within ' +
      '10 seconds. Values that the provider rejects are a successful call with `ok: false`. Nothing is stored.',
    type: VerifyConnectorResponse,
    body: VerifyConnectorDto,
    errors: [400, 404],
  })
  verify(
    @Scope() scope: WorkspaceScope,
    @Param('connectorId') id: string,
    @BodyAfterLookup(VerifyConnectorDto) body: LateBody<VerifyConnectorDto>,
  ): Promise<VerifyConnectorResponse> {
    return this.verification.verify(scope, id, body);
  }

  @Post('install')
  @Access('connector:create')
  @Audited('connector.install', 'oauth.initiate')
  @Endpoint({
    id: 'installConnector',
    summary: 'Install a connector for the workspace or a crew',
    description:
      'Makes the integration and its sealed credentials in one transaction; the integration refers to them and holds no ' +
      'secret itself. Its name is the id of the connector, with a number where that is taken. Open `oauth_url` or ' +
      '`connect_url` where one is answered: when the person has approved, the integration works.',
    status: 201,
    type: InstallConnectorResponse,
    body: InstallConnectorDto,
    errors: [400, 404, 409],
    headers: cookieHeader,
  })
  install(
    @Scope() scope: WorkspaceScope,
    @Param('connectorId') id: string,
    @BodyAfterLookup(InstallConnectorDto) body: LateBody<InstallConnectorDto>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<InstallConnectorResponse> {
    return this.installation.install(scope, id, body, this.browser.bind(response));
  }

  @Get('installations')
  @Access('connector:read')
  @Endpoint({
    id: 'listConnectorInstallations',
    summary: 'List the installations of a connector in the workspace',
    description: 'Of the workspace and of its crews, newest first.',
    type: [ConnectorInstallationResponse],
    paged: true,
    errors: [404],
  })
  installations(
    @Scope() scope: WorkspaceScope,
    @Param('connectorId') id: string,
    @Query() page: PageQuery,
  ): Promise<Page<ConnectorInstallationResponse>> {
    return this.connectors.listInstallations(scope, id, page);
  }

  @Post('installations/:integrationId/connect')
  @Access('connector:create')
  @Audited('oauth.initiate')
  @Endpoint({
    id: 'connectInstallation',
    summary: 'Ask for consent again for an installation of a connector',
    description:
      'Answers as the installation did, with a new authorization to open: the last one was not finished in ten minutes, the ' +
      'server could not be asked, or somebody else is to approve. Connectors without OAuth answer `next_step` "".',
    type: InstallConnectorResponse,
    errors: [400, 404, 422],
    headers: cookieHeader,
  })
  connect(
    @Scope() scope: WorkspaceScope,
    @Param('connectorId') connectorId: string,
    @Param('integrationId') integrationId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<InstallConnectorResponse> {
    return this.connection.connect(scope, connectorId, integrationId, this.browser.bind(response));
  }

  @Delete('installations/:integrationId')
  @Access('connector:manage')
  @Audited('connector.uninstall')
  @Endpoint({
    id: 'uninstallConnector',
    summary: 'Remove an installation of a connector',
    description: 'The integration, its bindings and the credentials that were made for it, in one transaction.',
    type: DeletedResponse,
    errors: [404],
  })
  uninstall(
    @Scope() scope: WorkspaceScope,
    @Param('connectorId') connectorId: string,
    @Param('integrationId') integrationId: string,
  ): Promise<DeletedResponse> {
    return this.removal.uninstall(scope, connectorId, integrationId);
  }
}
