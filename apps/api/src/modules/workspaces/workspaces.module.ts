import { Module } from '@nestjs/common';
import { AuditLogModule } from '#audit-log';
import { PrismaModule } from '#prisma';
import { AcceptInvitationController } from './invitations/accept-invitation.controller.js';
import { InvitationEndingsService } from './invitations/invitation-endings.service.js';
import { InvitationIssuer } from './invitations/invitation-issuer.service.js';
import { InvitationsController } from './invitations/invitations.controller.js';
import { InvitationsRepository } from './invitations/invitations.repository.js';
import { InvitationsService } from './invitations/invitations.service.js';
import { MembersController } from './members/members.controller.js';
import { MembersRepository } from './members/members.repository.js';
import { MembersService } from './members/members.service.js';
import { MembershipLockRepository } from './membership-lock.repository.js';
import { WorkspaceFoundingRepository } from './workspace-founding.repository.js';
import { WorkspaceFoundingService } from './workspace-founding.service.js';
import { WorkspacesController } from './workspaces.controller.js';
import { WorkspacesRepository } from './workspaces.repository.js';
import { WorkspacesService } from './workspaces.service.js';

/** Tenants, their members and invitations. */
@Module({
  imports: [AuditLogModule, PrismaModule],
  controllers: [WorkspacesController, MembersController, InvitationsController, AcceptInvitationController],
  providers: [
    InvitationEndingsService,
    InvitationIssuer,
    InvitationsRepository,
    InvitationsService,
    MembersRepository,
    MembersService,
    MembershipLockRepository,
    WorkspaceFoundingRepository,
    WorkspaceFoundingService,
    WorkspacesRepository,
    WorkspacesService,
  ],
  exports: [WorkspaceFoundingService, WorkspacesService],
})
export class WorkspacesModule {}
