import { Module } from '@nestjs/common';
import { AuditLogModule } from '#audit-log';
import { JobsModule } from '#jobs';
import { PrismaModule } from '#prisma';
import { EgressModule } from '../egress/egress.module.js';
import { EventsModule } from '../events/events.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { WorkspaceRuntimesModule } from '../workspace-runtimes/workspace-runtimes.module.js';
import { PluginAllowlistsController } from './plugin-allowlists.controller.js';
import { PluginAllowlistsRepository } from './plugin-allowlists.repository.js';
import { PluginAllowlistsService } from './plugin-allowlists.service.js';
import { PluginArchivesRepository } from './plugin-archives.repository.js';
import { PluginArchivesService } from './plugin-archives.service.js';
import { PluginDownloadService } from './plugin-download.service.js';
import { PluginInstallService } from './plugin-install.service.js';
import { PluginRecordsService } from './plugin-records.service.js';
import { PluginRegistryService } from './plugin-registry.service.js';
import { PluginStagingService } from './plugin-staging.service.js';
import { PluginTransferService } from './plugin-transfer.service.js';
import { PluginsController } from './plugins.controller.js';
import { PluginsRepository } from './plugins.repository.js';
import { PluginsService } from './plugins.service.js';
import { WorkspacePluginsController } from './workspace-plugins.controller.js';

/** Plugins: the registry, installing them safely, and handing them to the agents. */
@Module({
  imports: [
    AuditLogModule,
    EgressModule,
    EventsModule,
    IdentityModule,
    JobsModule,
    PrismaModule,
    WorkspaceRuntimesModule,
  ],
  controllers: [PluginAllowlistsController, PluginsController, WorkspacePluginsController],
  providers: [
    PluginAllowlistsRepository,
    PluginAllowlistsService,
    PluginArchivesRepository,
    PluginArchivesService,
    PluginDownloadService,
    PluginInstallService,
    PluginRecordsService,
    PluginRegistryService,
    PluginStagingService,
    PluginTransferService,
    PluginsRepository,
    PluginsService,
  ],
  exports: [PluginRegistryService, PluginTransferService],
})
export class PluginsModule {}
