import { Module } from '@nestjs/common';
import { AuditLogModule } from '#audit-log';
import { PrismaModule } from '#prisma';
import { EgressModule } from '../egress/egress.module.js';
import { McpRegistryController } from './mcp-registry.controller.js';
import { McpRegistryRepository } from './mcp-registry.repository.js';
import { McpRegistryService } from './mcp-registry.service.js';
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
  imports: [AuditLogModule, EgressModule, PrismaModule],
  controllers: [McpRegistryController, RegistrySyncController],
  providers: [
    McpRegistryRepository,
    McpRegistryService,
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
