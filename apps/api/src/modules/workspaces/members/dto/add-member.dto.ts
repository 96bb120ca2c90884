import { ChoiceField, IdField } from '#http';
import { type AssignableRole, assignableRoleMessage, assignableRoles } from '../../assignable-role.js';

/** An existing user who becomes a member. */
export class AddMemberDto {
  /** Id of the user. */
  @IdField({ required: true })
  user_id: string;

  /** Role in the workspace. ADMIN is the owner's to give. */
  @ChoiceField(assignableRoles, { enumName: 'AssignableRole', default: 'MEMBER', message: assignableRoleMessage })
  role?: AssignableRole;
}
