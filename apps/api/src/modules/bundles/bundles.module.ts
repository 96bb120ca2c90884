import { Module } from '@nestjs/common';
import { AuditLogModule } from '#audit-log';
import { PrismaModule } from '#prisma';
import { AgentBindingsModule } from '../agent-bindings/agent-bindings.module.js';
import { AgentCredentialsModule } from '../agent-credentials/agent-credentials.module.js';
import { AgentsModule } from '../agents/agents.module.js';
import { ChannelsModule } from '../channels/channels.module.js';
import { CredentialsModule } from '../credentials/credentials.module.js';
import { CrewIntegrationsModule } from '../crew-integrations/crew-integrations.module.js';
import { CrewsModule } from '../crews/crews.module.js';
import { DeliveriesModule } from '../deliveries/deliveries.module.js';
import { EventsModule } from '../events/events.module.js';
import { KeyringModule } from '../keyring/keyring.module.js';
import { PluginsModule } from '../plugins/plugins.module.js';
import { SchedulesModule } from '../schedules/schedules.module.js';
import { ToolBindingsModule } from '../tool-bindings/tool-bindings.module.js';
import { WorkspaceFilesModule } from '../workspace-files/workspace-files.module.js';
import { WorkspaceIntegrationsModule } from '../workspace-integrations/workspace-integrations.module.js';
import { WorkspaceMemoriesModule } from '../workspace-memories/workspace-memories.module.js';
import { WorkspaceRuntimesModule } from '../workspace-runtimes/workspace-runtimes.module.js';
import { WorkspacesModule } from '../workspaces/workspaces.module.js';
import { AgeFilesService } from './age-files.service.js';
import { BundleExportService } from './bundle-export.service.js';
import { BundleImportService } from './bundle-import.service.js';
import { BundleOpeningService } from './bundle-opening.service.js';
import { BundlePeopleService } from './bundle-people.service.js';
import { BundleRuntimePartsService } from './bundle-runtime-parts.service.js';
import { BundleServersService } from './bundle-servers.service.js';
import { BundleSourceRepository } from './bundle-source.repository.js';
import { BundleSourceService } from './bundle-source.service.js';
import { BundleWorkspaceService } from './bundle-workspace.service.js';
import { BundleWritingService } from './bundle-writing.service.js';
import { BundlesController } from './bundles.controller.js';
import { ImportPartsService } from './import-parts.service.js';
import { ImportPeopleService } from './import-people.service.js';
import { ImportServersService } from './import-servers.service.js';

/** Trees of workspaces as files. */
@Module({
  imports: [
    AgentBindingsModule,
    AgentCredentialsModule,
    AgentsModule,
    AuditLogModule,
    ChannelsModule,
    CredentialsModule,
    CrewIntegrationsModule,
    CrewsModule,
    DeliveriesModule,
    EventsModule,
    KeyringModule,
    PluginsModule,
    PrismaModule,
    SchedulesModule,
    ToolBindingsModule,
    WorkspaceFilesModule,
    WorkspaceIntegrationsModule,
    WorkspaceMemoriesModule,
    WorkspaceRuntimesModule,
    WorkspacesModule,
  ],
  controllers: [BundlesController],
  providers: [
    AgeFilesService,
    BundleExportService,
    BundleImportService,
    BundleOpeningService,
    BundlePeopleService,
    BundleRuntimePartsService,
    BundleServersService,
    BundleSourceRepository,
    BundleSourceService,
    BundleWorkspaceService,
    BundleWritingService,
    ImportPartsService,
    ImportPeopleService,
    ImportServersService,
  ],
})
export class BundlesModule {}
