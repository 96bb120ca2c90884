import { ChoiceField, PageQuery, TextField } from '#http';
import { type ApprovalStatus, approvalStatuses } from '../approvals.types.js';

/** Which approvals are wanted. */
export class ListApprovalsQuery extends PageQuery {
  /** Only those that stand so. */
  @ChoiceField(approvalStatuses, { enumName: 'ApprovalStatus', example: 'pending' })
  status?: ApprovalStatus;

  /** `true`: those of the workspaces below this one, in place of its own. */
  @TextField({ max: 5, pattern: /^(true|false)$/, patternMessage: 'escalated must be true or false', example: 'true' })
  escalated?: string;
}
