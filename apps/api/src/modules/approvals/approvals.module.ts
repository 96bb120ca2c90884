import { Module } from '@nestjs/common';
import { AuditLogModule } from '#audit-log';
import { PrismaModule } from '#prisma';
import { EventStreamsModule } from '../event-streams/event-streams.module.js';
import { EventsModule } from '../events/events.module.js';
import { WorkspaceRuntimesModule } from '../workspace-runtimes/workspace-runtimes.module.js';
import { ApprovalDecisionsService } from './approval-decisions.service.js';
import { ApprovalDraftsService } from './approval-drafts.service.js';
import { ApprovalEventsService } from './approval-events.service.js';
import { ApprovalExpiryService } from './approval-expiry.service.js';
import { ApprovalRequestsService } from './approval-requests.service.js';
import { ApprovalRetentionService } from './approval-retention.service.js';
import { ApprovalWaitService } from './approval-wait.service.js';
import { ApprovalsController } from './approvals.controller.js';
import { ApprovalsRepository } from './approvals.repository.js';
import { ApprovalsService } from './approvals.service.js';
import { PendingApprovalsController } from './pending-approvals.controller.js';

/** What agents want to do and people decide on. */
@Module({
  imports: [AuditLogModule, EventsModule, EventStreamsModule, PrismaModule, WorkspaceRuntimesModule],
  controllers: [ApprovalsController, PendingApprovalsController],
  providers: [
    ApprovalDecisionsService,
    ApprovalDraftsService,
    ApprovalEventsService,
    ApprovalExpiryService,
    ApprovalRequestsService,
    ApprovalRetentionService,
    ApprovalsRepository,
    ApprovalsService,
    ApprovalWaitService,
  ],
})
export class ApprovalsModule {}
