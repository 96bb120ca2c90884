import { Module } from '@nestjs/common';
import { AuditLogModule } from '#audit-log';
import { AppConfig } from '#config';
import { PrismaModule } from '#prisma';
import { CredentialsModule } from '../credentials/credentials.module.js';
import { CrewIntegrationsModule } from '../crew-integrations/crew-integrations.module.js';
import { EgressModule } from '../egress/egress.module.js';
import { OauthFlowsModule } from '../oauth-flows/oauth-flows.module.js';
import { WorkspaceIntegrationsModule } from '../workspace-integrations/workspace-integrations.module.js';
import { ConnectInstallationService } from './connect-installation.service.js';
import { ConnectorAuthorizationService } from './connector-authorization.service.js';
import { ConnectorCatalogueController } from './connector-catalogue.controller.js';
import { ConnectorCatalogue, loadCatalogue } from './connector-catalogue.js';
import { ConnectorCredentialsService } from './connector-credentials.service.js';
import { ConnectorServersService } from './connector-servers.service.js';
import { ConnectorsController } from './connectors.controller.js';
import { ConnectorsRepository } from './connectors.repository.js';
import { ConnectorsService } from './connectors.service.js';
import { HttpVerifyService } from './http-verify.service.js';
import { InstallConnectorService } from './install-connector.service.js';
import { McpVerifyService } from './mcp-verify.service.js';
import { PostgresVerifyService } from './postgres-verify.service.js';
import { UninstallConnectorService } from './uninstall-connector.service.js';
import { VerifyConnectorService } from './verify-connector.service.js';

/** The catalogue of connectors: trying, installing and removing them. */
@Module({
  imports: [
    AuditLogModule,
    CredentialsModule,
    CrewIntegrationsModule,
    EgressModule,
    OauthFlowsModule,
    PrismaModule,
    WorkspaceIntegrationsModule,
  ],
  controllers: [ConnectorCatalogueController, ConnectorsController],
  providers: [
    {
      provide: ConnectorCatalogue,
      inject: [AppConfig],
      useFactory: (config: AppConfig) => loadCatalogue(config.catalog.connectorsDir),
    },
    ConnectInstallationService,
    ConnectorAuthorizationService,
    ConnectorCredentialsService,
    ConnectorServersService,
    ConnectorsRepository,
    ConnectorsService,
    HttpVerifyService,
    InstallConnectorService,
    McpVerifyService,
    PostgresVerifyService,
    UninstallConnectorService,
    VerifyConnectorService,
  ],
})
export class ConnectorsModule {}
