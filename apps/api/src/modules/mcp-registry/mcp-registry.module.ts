import { Module } from '@nestjs/common';
import { AuditLogModule } from '#audit-log';
import { PrismaModule } from '#prisma';
import { CredentialsModule } from '../credentials/credentials.module.js';
import { CrewIntegrationsModule } from '../crew-integrations/crew-integrations.module.js';
import { EgressModule } from '../egress/egress.module.js';
import { WorkspaceIntegrationsModule } from '../workspace-integrations/workspace-integrations.module.js';
import { InstallContextRepository } from './install/install-context.repository.js';
import { InstallEntryService } from './install/install-entry.service.js';
import { InstallSecretsService } from './install/install-secrets.service.js';
import { McpRegistryController } from './mcp-registry.controller.js';
import { McpRegistryRepository } from './mcp-registry.repository.js';
import { McpRegistryService } from './mcp-registry.service.js';
import { RegistryCurationController } from './registry-curation.controller.js';
import { RegistryCurationRepository } from './registry-curation.repository.js';
import { RegistryCurationService } from './registry-curation.service.js';
import { RegistryEntriesRepository } from './registry-entries.repository.js';
import { RegistrySyncController } from './registry-sync.controller.js';
import { RegistrySyncRepository } from './registry-sync.repository.js';
import { RegistrySyncService } from './registry-sync.service.js';
import { RegistryUpstream } from './registry-upstream.js';
import { SyncLeaseService } from './sync-lease.service.js';
import { SyncRunService } from './sync-run.service.js';
import { SyncScheduleService } from './sync-schedule.service.js';

/** The public registry of MCP servers: our copy of it, its sync, and installing from it. */
@Module({
  imports: [
    AuditLogModule,
    CredentialsModule,
    CrewIntegrationsModule,
    EgressModule,
    PrismaModule,
    WorkspaceIntegrationsModule,
  ],
  controllers: [McpRegistryController, RegistryCurationController, RegistrySyncController],
  providers: [
    InstallEntryService,
    InstallContextRepository,
    InstallSecretsService,
    McpRegistryRepository,
    McpRegistryService,
    RegistryCurationRepository,
    RegistryCurationService,
    RegistryEntriesRepository,
    RegistrySyncRepository,
    RegistrySyncService,
    RegistryUpstream,
    SyncLeaseService,
    SyncRunService,
    SyncScheduleService,
  ],
})
export class McpRegistryModule {}
