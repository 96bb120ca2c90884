import { type WorkspaceRole, workspaceRoles } from '#kernel';

/** A role as it is stored. A word that is no role counts as the lowest, so that bad data never widens access. */
export function roleOf(stored: string): WorkspaceRole {
  return workspaceRoles.find((role) => role === stored) ?? 'VIEWER';
}

/** Whether `left` stands above `right`. */
export function outranks(left: WorkspaceRole, right: WorkspaceRole): boolean {
  return workspaceRoles.indexOf(left) < workspaceRoles.indexOf(right);
}
