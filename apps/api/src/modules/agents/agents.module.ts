import { Module } from '@nestjs/common';
import { AuditLogModule } from '#audit-log';
import { PrismaModule } from '#prisma';
import { CredentialsModule } from '../credentials/credentials.module.js';
import { McpBlobsModule } from '../mcp-blobs/mcp-blobs.module.js';
import { AgentChangesService } from './agent-changes.service.js';
import { AgentCreationService } from './agent-creation.service.js';
import { AgentFoundingService } from './agent-founding.service.js';
import { AgentGateService } from './agent-gate.service.js';
import { AgentPlacementRepository } from './agent-placement.repository.js';
import { AgentRemovalRepository } from './agent-removal.repository.js';
import { AgentRemovalService } from './agent-removal.service.js';
import { AgentTransferService } from './agent-transfer.service.js';
import { AgentWritingService } from './agent-writing.service.js';
import { AgentsController } from './agents.controller.js';
import { AgentsRepository } from './agents.repository.js';
import { AgentsService } from './agents.service.js';

/** Agents: who they are and which crew they stand in. */
@Module({
  imports: [AuditLogModule, CredentialsModule, McpBlobsModule, PrismaModule],
  controllers: [AgentsController],
  providers: [
    AgentChangesService,
    AgentCreationService,
    AgentFoundingService,
    AgentGateService,
    AgentPlacementRepository,
    AgentRemovalRepository,
    AgentRemovalService,
    AgentTransferService,
    AgentWritingService,
    AgentsRepository,
    AgentsService,
  ],
  exports: [AgentFoundingService, AgentRemovalService, AgentsService, AgentTransferService],
})
export class AgentsModule {}
