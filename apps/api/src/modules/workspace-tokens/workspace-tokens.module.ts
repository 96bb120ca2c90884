import { Module } from '@nestjs/common';
import { TeamKeyGate } from '#access';
import { AuditLogModule } from '#audit-log';
import { PrismaModule } from '#prisma';
import { IdentityModule } from '../identity/identity.module.js';
import { AppTeamKeyGate } from './team-key-gate.service.js';
import { WorkspaceTokensController } from './workspace-tokens.controller.js';
import { WorkspaceTokensRepository } from './workspace-tokens.repository.js';
import { WorkspaceTokensService } from './workspace-tokens.service.js';

/** Bearer tokens of workspaces, and how they prove a caller. */
@Module({
  imports: [AuditLogModule, IdentityModule, PrismaModule],
  controllers: [WorkspaceTokensController],
  providers: [WorkspaceTokensRepository, WorkspaceTokensService, { provide: TeamKeyGate, useClass: AppTeamKeyGate }],
  exports: [TeamKeyGate],
})
export class WorkspaceTokensModule {}
