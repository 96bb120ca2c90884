import { ApiProperty } from '@nestjs/swagger';
import { type AssignableRole, assignableRoles } from '../../assignable-role.js';

/** The person who sent an invitation. */
export class InviterResponse {
  /** Id of the user. */
  id: string;

  /** Email address, in lower case. */
  @ApiProperty({ format: 'email' })
  email: string;

  /** Full name. */
  full_name: string | null;
}

/** An invitation. Its token is never shown again. */
export class InvitationResponse {
  /** Id of the invitation. */
  id: string;

  /** Id of the workspace. */
  workspace_id: string;

  /** Address that is invited, in lower case. */
  @ApiProperty({ format: 'email' })
  email: string;

  /** Role that the person will have. */
  @ApiProperty({ enum: assignableRoles, enumName: 'AssignableRole' })
  role: AssignableRole;

  /** Id of the user who sent it. */
  invited_by: string;

  /** Until when it can be accepted (RFC 3339, UTC): seven days. */
  @ApiProperty({ format: 'date-time' })
  expires_at: string;

  /** When it was accepted; null while it is open. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  accepted_at: string | null;

  /** When it was made (RFC 3339, UTC). */
  @ApiProperty({ format: 'date-time' })
  created_at: string;

  /** The person who sent it. */
  inviter: InviterResponse;
}

/** An invitation just made, with its token. */
export class CreatedInvitationResponse extends InvitationResponse {
  /** Token to hand to the invited person: 64 hexadecimal characters, shown this once. */
  token: string;
}
