import { Module } from '@nestjs/common';
import { PrismaModule } from '#prisma';
import { InternalToolCallsController } from './internal-tool-calls.controller.js';
import { ToolCallsController } from './tool-calls.controller.js';
import { ToolCallsRepository } from './tool-calls.repository.js';
import { ToolCallsService } from './tool-calls.service.js';

/** The record of tool calls. */
@Module({
  imports: [PrismaModule],
  controllers: [ToolCallsController, InternalToolCallsController],
  providers: [ToolCallsRepository, ToolCallsService],
})
export class ToolCallsModule {}
