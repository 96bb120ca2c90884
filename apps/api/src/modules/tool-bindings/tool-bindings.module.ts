import { Module } from '@nestjs/common';
import { AuditLogModule } from '#audit-log';
import { PrismaModule } from '#prisma';
import { ToolBindingsController } from './tool-bindings.controller.js';
import { ToolBindingsRepository } from './tool-bindings.repository.js';
import { ToolBindingsService } from './tool-bindings.service.js';
import { ToolTransferRepository } from './tool-transfer.repository.js';
import { ToolTransferService } from './tool-transfer.service.js';

/** Which tools of a crew's server are offered. */
@Module({
  imports: [AuditLogModule, PrismaModule],
  controllers: [ToolBindingsController],
  providers: [ToolBindingsRepository, ToolBindingsService, ToolTransferRepository, ToolTransferService],
  exports: [ToolBindingsService, ToolTransferService],
})
export class ToolBindingsModule {}
