import { ChoiceField } from '#http';
import { type WorkspaceRole, workspaceRoles } from '#kernel';

/** The new role of a member. */
export class ChangeMemberRoleDto {
  /** Role in the workspace; it must be below the caller's own. */
  @ChoiceField(workspaceRoles, {
    required: true,
    enumName: 'WorkspaceRole',
    message: 'role must be OWNER, ADMIN, MANAGER, MEMBER, or VIEWER',
  })
  role: WorkspaceRole;
}
