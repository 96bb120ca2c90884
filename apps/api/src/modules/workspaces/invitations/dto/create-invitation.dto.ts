import { ChoiceField, TextField } from '#http';
import { type AssignableRole, assignableRoleMessage, assignableRoles } from '../../assignable-role.js';

/** An invitation by email. */
export class CreateInvitationDto {
  /** Address that is invited; case and surrounding spaces do not matter. */
  @TextField({
    required: true,
    max: 254,
    pattern: /^\s*[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\.[a-zA-Z]{2,}\s*$/,
    patternMessage: 'Invalid email address',
    format: 'email',
    example: 'ada@example.com',
  })
  email: string;

  /** Role that the person will have. ADMIN is the owner's to give. */
  @ChoiceField(assignableRoles, { enumName: 'AssignableRole', default: 'MEMBER', message: assignableRoleMessage })
  role?: AssignableRole;
}
