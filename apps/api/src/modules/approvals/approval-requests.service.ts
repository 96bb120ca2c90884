import { Injectable } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import { Transactions, type WorkspaceScope } from '#kernel';
import { ApprovalDraftsService } from './approval-drafts.service.js';
import { ApprovalEventsService } from './approval-events.service.js';
import { ApprovalsRepository } from './approvals.repository.js';
import type { CreatedApprovalResponse } from './dto/approval.response.js';
import type { CreateApprovalDto } from './dto/create-approval.dto.js';

/** Agents ask. */
@Injectable()
export class ApprovalRequestsService {
  constructor(
    private readonly repository: ApprovalsRepository,
    private readonly drafts: ApprovalDraftsService,
    private readonly events: ApprovalEventsService,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
  ) {}

  /** Asks, in the workspace and in the one above it. @throws AppError 400 and 429 as {@link ApprovalDraftsService.draft}. */
  create(scope: WorkspaceScope, dto: CreateApprovalDto): Promise<CreatedApprovalResponse> {
    return this.transactions.run(async () => {
      const approval = await this.drafts.draft(scope, dto);
      await this.repository.insert(approval);
      await this.audit.record(scope, {
        action: 'approval.create',
        entityType: 'APPROVAL',
        entityId: approval.id,
        entityName: approval.action.slice(0, 200),
        metadata: { agentId: approval.agentId, taskId: approval.taskId, escalatedTo: approval.escalatedTo },
      });
      await this.events.requested(approval);
      return { approval_id: approval.id, status: approval.status, expires_at: approval.expiresAt.toISOString() };
    });
  }
}
