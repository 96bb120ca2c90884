import { Injectable } from '@nestjs/common';
import { AppConfig } from '#config';
import { Clock, Ids, type WorkspaceScope } from '#kernel';
import { WorkspaceRuntimesService } from '../workspace-runtimes/workspace-runtimes.service.js';
import { contextOf } from './approval-rules.js';
import { approvalErrors } from './approvals.errors.js';
import { ApprovalsRepository } from './approvals.repository.js';
import type { Approval } from './approvals.types.js';
import type { CreateApprovalDto } from './dto/create-approval.dto.js';

const mostWaiting = 1_000;

/** What a request comes to: checked, with its deadline and the workspace above that sees it too. */
@Injectable()
export class ApprovalDraftsService {
  constructor(
    private readonly repository: ApprovalsRepository,
    private readonly runtimes: WorkspaceRuntimesService,
    private readonly config: AppConfig,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * Writes nothing.
   * @throws AppError 400 for a context that is too large or too deep, and for an agent that is not there; 429
   * `approval.too_many` while 1,000 of the workspace wait.
   */
  async draft(scope: WorkspaceScope, dto: CreateApprovalDto): Promise<Approval> {
    const context = contextOf(dto);
    const agentId = dto.agent_id || null;
    if (agentId !== null && !(await this.repository.hasAgent(scope, agentId))) {
      const error = approvalErrors.agentNotFound();
      throw approvalErrors.agentNotFound({ fields: [{ field: 'agent_id', code: 'unknown', message: error.message }] });
    }
    const now = this.clock.now();
    if ((await this.repository.countWaiting(scope, now)) >= mostWaiting) {
      throw approvalErrors.tooMany({ params: { most: mostWaiting } });
    }
    const lifeMs = dto.expires_in_seconds ? dto.expires_in_seconds * 1_000 : this.config.approvals.expiryMs;
    return {
      id: this.ids.next(),
      workspaceId: scope.workspaceId,
      agentId,
      taskId: dto.task_id || null,
      action: dto.action,
      reason: dto.reason || null,
      context,
      status: 'pending',
      decidedBy: null,
      decidedByUserId: null,
      decidedAt: null,
      expiresAt: new Date(now.getTime() + lifeMs),
      escalatedTo: (await this.runtimes.find(scope)).parentId,
      createdAt: now,
    };
  }
}
