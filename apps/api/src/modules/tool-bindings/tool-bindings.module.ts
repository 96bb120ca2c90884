import { Module } from '@nestjs/common';
import { AuditLogModule } from '#audit-log';
import { PrismaModule } from '#prisma';
import { ToolBindingsController } from './tool-bindings.controller.js';
import { ToolBindingsRepository } from './tool-bindings.repository.js';
import { ToolBindingsService } from './tool-bindings.service.js';

/** Which tools of a crew's server are offered. */
@Module({
  imports: [AuditLogModule, PrismaModule],
  controllers: [ToolBindingsController],
  providers: [ToolBindingsRepository, ToolBindingsService],
  exports: [ToolBindingsService],
})
export class ToolBindingsModule {}
