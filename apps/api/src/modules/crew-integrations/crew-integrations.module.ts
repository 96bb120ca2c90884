import { Module } from '@nestjs/common';
import { AuditLogModule } from '#audit-log';
import { PrismaModule } from '#prisma';
import { CredentialsModule } from '../credentials/credentials.module.js';
import { ServerSettingsModule } from '../server-settings/server-settings.module.js';
import { AllCrewIntegrationsController } from './all-crew-integrations.controller.js';
import { BindingFactsRepository } from './binding-facts.repository.js';
import { CreateCrewIntegrationService } from './create-crew-integration.service.js';
import { CrewIntegrationsController } from './crew-integrations.controller.js';
import { CrewIntegrationsRepository } from './crew-integrations.repository.js';
import { CrewIntegrationsService } from './crew-integrations.service.js';
import { CrewSettingsService } from './crew-settings.service.js';
import { RemoveCrewIntegrationService } from './remove-crew-integration.service.js';
import { UpdateCrewIntegrationService } from './update-crew-integration.service.js';

/** The MCP servers of crews: their own, and their overrides of the workspace's. */
@Module({
  imports: [AuditLogModule, CredentialsModule, PrismaModule, ServerSettingsModule],
  controllers: [AllCrewIntegrationsController, CrewIntegrationsController],
  providers: [
    BindingFactsRepository,
    CreateCrewIntegrationService,
    CrewIntegrationsRepository,
    CrewIntegrationsService,
    CrewSettingsService,
    RemoveCrewIntegrationService,
    UpdateCrewIntegrationService,
  ],
  exports: [
    CreateCrewIntegrationService,
    CrewIntegrationsService,
    RemoveCrewIntegrationService,
    UpdateCrewIntegrationService,
  ],
})
export class CrewIntegrationsModule {}
