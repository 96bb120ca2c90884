import type { JsonObject } from '#kernel';

/** What can become of a request. One that nobody decided in time is denied. */
export const approvalStatuses = ['pending', 'approved', 'denied'] as const;

/** What became of a request. */
export type ApprovalStatus = (typeof approvalStatuses)[number];

/** What a person can decide. */
export type ApprovalDecision = Exclude<ApprovalStatus, 'pending'>;

/** Who decided, where nobody did in time. */
export const expiredBy = 'auto-expired';

/** Something that an agent wants to do. */
export interface Approval {
  id: string;
  workspaceId: string;
  agentId: string | null;
  taskId: string | null;
  action: string;
  reason: string | null;
  context: JsonObject;
  status: ApprovalStatus;
  decidedBy: string | null;
  decidedByUserId: string | null;
  decidedAt: Date | null;
  expiresAt: Date;
  /** The workspace above, where it was shown too. */
  escalatedTo: string | null;
  createdAt: Date;
}

/** An approval with the name of its workspace. */
export interface NamedApproval extends Approval {
  workspaceName: string;
}

/** Which of a workspace's approvals are wanted. */
export interface ApprovalFilter {
  status?: ApprovalStatus;
  /** Those of the workspaces below, in place of its own. */
  isEscalated: boolean;
}
