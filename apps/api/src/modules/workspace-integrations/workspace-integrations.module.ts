import { Module } from '@nestjs/common';
import { AuditLogModule } from '#audit-log';
import { PrismaModule } from '#prisma';
import { CredentialsModule } from '../credentials/credentials.module.js';
import { ServerSettingsModule } from '../server-settings/server-settings.module.js';
import { CreateWorkspaceIntegrationService } from './create-workspace-integration.service.js';
import { RemoveWorkspaceIntegrationService } from './remove-workspace-integration.service.js';
import { UpdateWorkspaceIntegrationService } from './update-workspace-integration.service.js';
import { WorkspaceIntegrationsController } from './workspace-integrations.controller.js';
import { WorkspaceIntegrationsRepository } from './workspace-integrations.repository.js';
import { WorkspaceIntegrationsService } from './workspace-integrations.service.js';
import { WorkspaceSettingsService } from './workspace-settings.service.js';

/** Registering, changing and removing a workspace's MCP servers. */
@Module({
  imports: [AuditLogModule, CredentialsModule, PrismaModule, ServerSettingsModule],
  controllers: [WorkspaceIntegrationsController],
  providers: [
    CreateWorkspaceIntegrationService,
    RemoveWorkspaceIntegrationService,
    UpdateWorkspaceIntegrationService,
    WorkspaceIntegrationsRepository,
    WorkspaceIntegrationsService,
    WorkspaceSettingsService,
  ],
  exports: [
    CreateWorkspaceIntegrationService,
    RemoveWorkspaceIntegrationService,
    UpdateWorkspaceIntegrationService,
    WorkspaceIntegrationsService,
  ],
})
export class WorkspaceIntegrationsModule {}
