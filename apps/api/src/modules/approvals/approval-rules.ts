import { roleMay, workspaceTokenMay } from '#access';
import type { JsonObject, JsonValue, WorkspaceScope } from '#kernel';
import { approvalErrors } from './approvals.errors.js';
import { type Approval, type ApprovalDecision, expiredBy } from './approvals.types.js';

const mostBytes = 32_768;
const deepest = 16;

/** What a request gives beside its action; older clients say `metadata` and `options` for parts of `context`. */
export interface GivenContext {
  context?: object | null;
  metadata?: object | null;
  options?: object | null;
}

/**
 * One object of the three: the members of `metadata`, over them those of `context`, and `options` as `options`.
 * @throws AppError 400 when it is too large, too deep or cannot be stored.
 */
export function contextOf({ context, metadata, options }: GivenContext): JsonObject {
  const merged = { ...metadata, ...context, ...(options && { options }) } as JsonObject;
  if (depthOf(merged) > deepest) throw approvalErrors.contextTooDeep();
  const text = JSON.stringify(merged);
  if (Buffer.byteLength(text) > mostBytes) throw approvalErrors.contextTooLarge();
  if (text.includes('\\u0000')) throw approvalErrors.contextUnstorable();
  return merged;
}

// Looks no deeper than it must, so that what is absurdly deep costs nothing.
function depthOf(value: JsonValue, above = 0): number {
  if (typeof value !== 'object' || value === null) return above;
  if (above >= deepest) return above + 1;
  return Object.values(value).reduce((most: number, inner) => Math.max(most, depthOf(inner, above + 1)), above + 1);
}

const decisions: Readonly<Record<string, ApprovalDecision>> = {
  approve: 'approved',
  approved: 'approved',
  reject: 'denied',
  rejected: 'denied',
  deny: 'denied',
  denied: 'denied',
};

/** The words that a decision is told by. */
export const decisionWords = Object.keys(decisions);

/** What a word decides. */
export function decisionOf(word: string): ApprovalDecision {
  return decisions[word] === 'approved' ? 'approved' : 'denied';
}

/** An approval as it is at an instant: one whose time has run out is denied, whether or not that has been written down. */
export function asOf(approval: Approval, now: Date): Approval {
  if (approval.status !== 'pending' || approval.expiresAt > now) return approval;
  return { ...approval, status: 'denied', decidedBy: expiredBy, decidedAt: approval.expiresAt };
}

/** Whether nobody decided it in time. */
export function isExpired({ status, decidedBy }: Approval): boolean {
  return status === 'denied' && decidedBy === expiredBy;
}

/** Whether a caller may decide, and so see what the workspaces below ask for. */
export function mayDecide({ actor, role }: WorkspaceScope): boolean {
  if (actor.kind === 'workspace_token') return workspaceTokenMay(actor.tokenScopes ?? [], 'approvals:decide');
  return roleMay(role, 'manage');
}
