import { Module } from '@nestjs/common';
import { AuditLogModule } from '#audit-log';
import { PrismaModule } from '#prisma';
import { FileTransferService } from './file-transfer.service.js';
import { WorkspaceFilesController } from './workspace-files.controller.js';
import { WorkspaceFilesRepository } from './workspace-files.repository.js';
import { WorkspaceFilesService } from './workspace-files.service.js';

/** The files of workspaces' configurations. */
@Module({
  imports: [AuditLogModule, PrismaModule],
  controllers: [WorkspaceFilesController],
  providers: [FileTransferService, WorkspaceFilesRepository, WorkspaceFilesService],
  exports: [FileTransferService],
})
export class WorkspaceFilesModule {}
