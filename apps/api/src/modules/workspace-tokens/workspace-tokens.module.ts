import { Module } from '@nestjs/common';
import { TeamKeyGate, WorkspaceTokenGate } from '#access';
import { AuditLogModule } from '#audit-log';
import { PrismaModule } from '#prisma';
import { IdentityModule } from '../identity/identity.module.js';
import { AdminWorkspaceTokensController } from './admin-workspace-tokens.controller.js';
import { AppTeamKeyGate } from './team-key-gate.service.js';
import { AppWorkspaceTokenGate } from './workspace-token-gate.service.js';
import { WorkspaceTokensController } from './workspace-tokens.controller.js';
import { WorkspaceTokensRepository } from './workspace-tokens.repository.js';
import { WorkspaceTokensService } from './workspace-tokens.service.js';

/** Bearer tokens of workspaces, and how they prove a caller. */
@Module({
  imports: [AuditLogModule, IdentityModule, PrismaModule],
  controllers: [AdminWorkspaceTokensController, WorkspaceTokensController],
  providers: [
    WorkspaceTokensRepository,
    WorkspaceTokensService,
    { provide: TeamKeyGate, useClass: AppTeamKeyGate },
    { provide: WorkspaceTokenGate, useClass: AppWorkspaceTokenGate },
  ],
  exports: [TeamKeyGate, WorkspaceTokenGate],
})
export class WorkspaceTokensModule {}
