import { Module } from '@nestjs/common';
import { AuditLogModule } from '#audit-log';
import { PrismaModule } from '#prisma';
import { CredentialsModule } from '../credentials/credentials.module.js';
import { ServerSettingsModule } from '../server-settings/server-settings.module.js';
import { RemoveWorkspaceIntegrationService } from './remove-workspace-integration.service.js';
import { WorkspaceIntegrationsController } from './workspace-integrations.controller.js';
import { WorkspaceIntegrationsRepository } from './workspace-integrations.repository.js';
import { WorkspaceIntegrationsService } from './workspace-integrations.service.js';

/** Registering, changing and removing a workspace's MCP servers. */
@Module({
  imports: [AuditLogModule, CredentialsModule, PrismaModule, ServerSettingsModule],
  controllers: [WorkspaceIntegrationsController],
  providers: [RemoveWorkspaceIntegrationService, WorkspaceIntegrationsRepository, WorkspaceIntegrationsService],
  exports: [WorkspaceIntegrationsService],
})
export class WorkspaceIntegrationsModule {}
