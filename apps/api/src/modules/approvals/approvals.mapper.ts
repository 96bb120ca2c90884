import { isExpired } from './approval-rules.js';
import type { Approval, NamedApproval } from './approvals.types.js';
import type { ApprovalResponse, PendingApprovalResponse } from './dto/approval.response.js';

/** An approval as it is answered. */
export function toApprovalResponse(approval: Approval): ApprovalResponse {
  return {
    id: approval.id,
    workspace_id: approval.workspaceId,
    agent_id: approval.agentId,
    task_id: approval.taskId ?? '',
    action: approval.action,
    reason: approval.reason ?? '',
    context: approval.context,
    status: approval.status,
    expired: isExpired(approval),
    decided_by: approval.decidedBy,
    decided_by_user_id: approval.decidedByUserId,
    decided_at: approval.decidedAt?.toISOString() ?? null,
    expires_at: approval.expiresAt.toISOString(),
    escalated_to: approval.escalatedTo,
    created_at: approval.createdAt.toISOString(),
  };
}

/** One that waits, as the instance administrator sees it. */
export function toPendingApprovalResponse(approval: NamedApproval): PendingApprovalResponse {
  return {
    id: approval.id,
    workspace_id: approval.workspaceId,
    workspace_name: approval.workspaceName,
    agent_id: approval.agentId,
    action: approval.action,
    reason: approval.reason,
    status: approval.status,
    expires_at: approval.expiresAt.toISOString(),
    created_at: approval.createdAt.toISOString(),
  };
}
