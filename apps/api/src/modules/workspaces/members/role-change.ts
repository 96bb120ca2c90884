import type { AppError, WorkspaceRole } from '#kernel';
import { outranks } from '../workspace-role.js';
import { memberErrors } from './members.errors.js';

/** Everything that decides whether a role may be changed. */
export interface RoleChange {
  /** Role of the one who changes it. */
  own: WorkspaceRole;
  /** Role that the member has. */
  from: WorkspaceRole;
  to: WorkspaceRole;
  /** Owners that the workspace has. */
  owners: number;
}

/** Why the change is refused; null when it is fine. Nobody touches a higher rank or grants their own or a higher one. */
export function refusalOf({ own, from, to, owners }: RoleChange): AppError | null {
  if (outranks(from, own)) return memberErrors.outranked();
  if (!outranks(own, to)) return memberErrors.grantTooHigh();
  if (from === 'OWNER' && owners <= 1) return memberErrors.lastOwner();
  return null;
}
