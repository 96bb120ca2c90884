import type { AppError, WorkspaceRole } from '#kernel';

/** Roles that can be given to new members. Owners are made with their workspace. */
export const assignableRoles = ['ADMIN', 'MANAGER', 'MEMBER', 'VIEWER'] as const;

/** A role that can be given to a new member. */
export type AssignableRole = (typeof assignableRoles)[number];

/** What is answered to any other role. */
export const assignableRoleMessage = 'role must be ADMIN, MANAGER, MEMBER, or VIEWER';

/** @throws `refusal` when an administrator is named by somebody who is not an owner. */
export function requireMayAssign(own: WorkspaceRole, role: AssignableRole, refusal: () => AppError): void {
  if (role === 'ADMIN' && own !== 'OWNER') throw refusal();
}
