import { Injectable } from '@nestjs/common';
import { Clock, type Page, type PageRequest, raise, type WorkspaceScope } from '#kernel';
import { asOf, mayDecide } from './approval-rules.js';
import { approvalErrors } from './approvals.errors.js';
import { toApprovalResponse, toPendingApprovalResponse } from './approvals.mapper.js';
import { ApprovalsRepository } from './approvals.repository.js';
import type { Approval } from './approvals.types.js';
import type { ApprovalResponse, PendingApprovalResponse } from './dto/approval.response.js';
import type { ListApprovalsQuery } from './dto/list-approvals.query.js';

/** What agents want to do, as it stands now. */
@Injectable()
export class ApprovalsService {
  constructor(
    private readonly repository: ApprovalsRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * One page of a workspace's approvals, or of those that were escalated to it, newest first.
   * @throws AppError 403 `approval.manage_required` for escalated ones that the caller could not decide.
   */
  async list(scope: WorkspaceScope, query: ListApprovalsQuery): Promise<Page<ApprovalResponse>> {
    const isEscalated = query.escalated === 'true';
    if (isEscalated && !mayDecide(scope)) throw approvalErrors.manageRequired();
    const now = this.clock.now();
    const { items, total } = await this.repository.findMany(scope, { status: query.status, isEscalated }, now, query);
    return { items: items.map((approval) => toApprovalResponse(asOf(approval, now))), total };
  }

  /** One page of what waits in any workspace, newest first. */
  async pending(page: PageRequest): Promise<Page<PendingApprovalResponse>> {
    const { items, total } = await this.repository.findPending(this.clock.now(), page);
    return { items: items.map(toPendingApprovalResponse), total };
  }

  /** One of the workspace's, or an escalated one that the caller could decide. @throws AppError 404 `approval.not_found`. */
  async find(scope: WorkspaceScope, id: string): Promise<Approval> {
    const approval = await this.repository.find(scope, id, mayDecide(scope));
    return asOf(approval ?? raise(approvalErrors.notFound()), this.clock.now());
  }

  /** As {@link find}, as it is answered. */
  async get(scope: WorkspaceScope, id: string): Promise<ApprovalResponse> {
    return toApprovalResponse(await this.find(scope, id));
  }
}
