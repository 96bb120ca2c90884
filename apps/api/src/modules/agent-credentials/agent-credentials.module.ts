import { Module } from '@nestjs/common';
import { AuditLogModule } from '#audit-log';
import { PrismaModule } from '#prisma';
import { AgentsModule } from '../agents/agents.module.js';
import { CredentialsModule } from '../credentials/credentials.module.js';
import { AgentAssignmentService } from './agent-assignment.service.js';
import { AgentCredentialWritingService } from './agent-credential-writing.service.js';
import { AgentCredentialsController } from './agent-credentials.controller.js';
import { AgentCredentialsRepository } from './agent-credentials.repository.js';
import { AgentCredentialsService } from './agent-credentials.service.js';

/** Which credentials agents get. */
@Module({
  imports: [AgentsModule, AuditLogModule, CredentialsModule, PrismaModule],
  controllers: [AgentCredentialsController],
  providers: [
    AgentAssignmentService,
    AgentCredentialWritingService,
    AgentCredentialsRepository,
    AgentCredentialsService,
  ],
  exports: [AgentAssignmentService],
})
export class AgentCredentialsModule {}
