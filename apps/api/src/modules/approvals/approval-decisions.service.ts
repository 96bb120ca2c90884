import { Injectable } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import { Clock, raise, Transactions, type WorkspaceScope } from '#kernel';
import { ApprovalEventsService } from './approval-events.service.js';
import { decisionOf } from './approval-rules.js';
import { approvalErrors } from './approvals.errors.js';
import { ApprovalsRepository } from './approvals.repository.js';
import { expiredBy } from './approvals.types.js';
import type { DecidedApprovalResponse } from './dto/approval.response.js';
import type { DecideApprovalDto } from './dto/decide-approval.dto.js';

const nameless = 'human';

/** People decide. */
@Injectable()
export class ApprovalDecisionsService {
  constructor(
    private readonly repository: ApprovalsRepository,
    private readonly events: ApprovalEventsService,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /**
   * Decides what the workspace asked for, or one below it. Exactly one of any number of decisions is taken.
   * @throws AppError 404 `approval.not_pending` for every other, for one whose time has run out and for none at all.
   */
  decide(scope: WorkspaceScope, id: string, dto: DecideApprovalDto): Promise<DecidedApprovalResponse> {
    if (dto.decided_by === expiredBy) throw approvalErrors.reservedName();
    const decision = decisionOf(dto.decision);
    return this.transactions.run(async () => {
      const verdict = {
        decision,
        decidedBy: dto.decided_by || nameless,
        decidedByUserId: scope.actor.userId,
        now: this.clock.now(),
      };
      const approval = (await this.repository.decide(scope, id, verdict)) ?? raise(approvalErrors.notPending());
      await this.audit.record(scope, {
        action: 'approval.decide',
        entityType: 'APPROVAL',
        entityId: id,
        entityName: approval.action.slice(0, 200),
        workspaceId: approval.workspaceId,
        metadata: { decision, decidedBy: verdict.decidedBy, decidedIn: scope.workspaceId },
      });
      await this.events.decided(approval);
      return { status: approval.status, approval_id: id };
    });
  }
}
