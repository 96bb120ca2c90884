import { Module } from '@nestjs/common';
import { AuditLogModule } from '#audit-log';
import { PrismaModule } from '#prisma';
import { WorkspaceRuntimesController } from './workspace-runtimes.controller.js';
import { WorkspaceRuntimesRepository } from './workspace-runtimes.repository.js';
import { WorkspaceRuntimesService } from './workspace-runtimes.service.js';

/** What workspaces are as running agents. */
@Module({
  imports: [AuditLogModule, PrismaModule],
  controllers: [WorkspaceRuntimesController],
  providers: [WorkspaceRuntimesRepository, WorkspaceRuntimesService],
  exports: [WorkspaceRuntimesService],
})
export class WorkspaceRuntimesModule {}
