import { Module } from '@nestjs/common';
import { AuditLogModule } from '#audit-log';
import { PrismaModule } from '#prisma';
import { ChannelsModule } from '../channels/channels.module.js';
import { CredentialsModule } from '../credentials/credentials.module.js';
import { CrewsModule } from '../crews/crews.module.js';
import { DeliveriesModule } from '../deliveries/deliveries.module.js';
import { EventsModule } from '../events/events.module.js';
import { InstanceSecretsModule } from '../instance-secrets/instance-secrets.module.js';
import { PluginsModule } from '../plugins/plugins.module.js';
import { SchedulesModule } from '../schedules/schedules.module.js';
import { WorkspaceFilesModule } from '../workspace-files/workspace-files.module.js';
import { WorkspaceMemoriesModule } from '../workspace-memories/workspace-memories.module.js';
import { WorkspaceRuntimesModule } from '../workspace-runtimes/workspace-runtimes.module.js';
import { WorkspacesModule } from '../workspaces/workspaces.module.js';
import { OrgCatalogueService } from './org-catalogue.service.js';
import { OrgFoundingService } from './org-founding.service.js';
import { OrgImportService } from './org-import.service.js';
import { OrgImportPorts } from './org-import-ports.service.js';
import { OrgImportsRepository } from './org-imports.repository.js';
import { OrgLoadingService } from './org-loading.service.js';
import { OrgPlannerService } from './org-planner.service.js';
import { OrgPreparationService } from './org-preparation.service.js';
import { OrgTemplatesController } from './org-templates.controller.js';
import { WorkspaceEquipmentService } from './workspace-equipment.service.js';
import { WorkspaceFillingService } from './workspace-filling.service.js';

/** Templates of organisations. */
@Module({
  imports: [
    AuditLogModule,
    ChannelsModule,
    CredentialsModule,
    CrewsModule,
    DeliveriesModule,
    EventsModule,
    InstanceSecretsModule,
    PluginsModule,
    PrismaModule,
    SchedulesModule,
    WorkspaceFilesModule,
    WorkspaceMemoriesModule,
    WorkspaceRuntimesModule,
    WorkspacesModule,
  ],
  controllers: [OrgTemplatesController],
  providers: [
    OrgCatalogueService,
    OrgFoundingService,
    OrgImportPorts,
    OrgImportService,
    OrgImportsRepository,
    OrgLoadingService,
    OrgPlannerService,
    OrgPreparationService,
    WorkspaceEquipmentService,
    WorkspaceFillingService,
  ],
})
export class OrgTemplatesModule {}
