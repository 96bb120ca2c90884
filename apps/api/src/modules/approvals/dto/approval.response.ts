import { ApiProperty } from '@nestjs/swagger';
import { type ApprovalStatus, approvalStatuses } from '../approvals.types.js';

/** A request that was made. */
export class CreatedApprovalResponse {
  /** Id of the approval. */
  approval_id: string;

  /** How it stands. */
  @ApiProperty({ enum: approvalStatuses, enumName: 'ApprovalStatus' })
  status: ApprovalStatus;

  /** When it is denied by itself. */
  @ApiProperty({ format: 'date-time' })
  expires_at: string;
}

/** A decision that was made. */
export class DecidedApprovalResponse {
  /** Id of the approval. */
  approval_id: string;

  /** How it stands. */
  @ApiProperty({ enum: approvalStatuses, enumName: 'ApprovalStatus' })
  status: ApprovalStatus;
}

/** Something that an agent wants, or wanted, to do. */
export class ApprovalResponse {
  /** Id of the approval. */
  id: string;

  /** The workspace whose agent asks. */
  workspace_id: string;

  /** The agent that asks, where it said so. */
  agent_id: string | null;

  /** Empty when there is none. */
  task_id: string;

  /** What the agent wants to do. */
  action: string;

  /** Empty when there is none. */
  reason: string;

  /** Facts for the decision, with `options` where there is something to choose from. */
  @ApiProperty({ type: 'object', additionalProperties: true })
  context: object;

  /** How it stands. */
  @ApiProperty({ enum: approvalStatuses, enumName: 'ApprovalStatus' })
  status: ApprovalStatus;

  /** Whether it was denied because nobody decided in time. */
  expired: boolean;

  /** Name of who decided: `human`, or as they gave it; `auto-expired` when nobody did. */
  decided_by: string | null;

  /** The member who decided, where it was one. */
  decided_by_user_id: string | null;

  /** When it was decided. */
  @ApiProperty({ format: 'date-time' })
  decided_at: string | null;

  /** When it is denied by itself. */
  @ApiProperty({ format: 'date-time' })
  expires_at: string;

  /** The workspace above, whose managers may decide as well. */
  escalated_to: string | null;

  /** When it was asked for. */
  @ApiProperty({ format: 'date-time' })
  created_at: string;
}

/** A request that waits for a decision, as the instance administrator sees it. */
export class PendingApprovalResponse {
  /** Id of the approval. */
  id: string;

  /** The workspace whose agent asks. */
  workspace_id: string;

  /** Name of that workspace. */
  workspace_name: string;

  /** The agent that asks, where it said so. */
  agent_id: string | null;

  /** What the agent wants to do. */
  action: string;

  /** Why; null when it did not say. */
  reason: string | null;

  /** How it stands. */
  @ApiProperty({ enum: approvalStatuses, enumName: 'ApprovalStatus' })
  status: ApprovalStatus;

  /** When it is denied by itself. */
  @ApiProperty({ format: 'date-time' })
  expires_at: string;

  /** When it was asked for. */
  @ApiProperty({ format: 'date-time' })
  created_at: string;
}
