import { Module } from '@nestjs/common';
import { AuditLogModule } from '#audit-log';
import { PrismaModule } from '#prisma';
import { MemoryTransferService } from './memory-transfer.service.js';
import { WorkspaceMemoriesController } from './workspace-memories.controller.js';
import { WorkspaceMemoriesRepository } from './workspace-memories.repository.js';
import { WorkspaceMemoriesService } from './workspace-memories.service.js';

/** What workspaces remember. */
@Module({
  imports: [AuditLogModule, PrismaModule],
  controllers: [WorkspaceMemoriesController],
  providers: [MemoryTransferService, WorkspaceMemoriesRepository, WorkspaceMemoriesService],
  exports: [MemoryTransferService],
})
export class WorkspaceMemoriesModule {}
