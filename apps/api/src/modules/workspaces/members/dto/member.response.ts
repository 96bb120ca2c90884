import { ApiProperty } from '@nestjs/swagger';
import { type WorkspaceRole, workspaceRoles } from '#kernel';

/** What other members may know of a person. */
export class MemberUserResponse {
  /** Id of the user. */
  id: string;

  /** Email address, in lower case. */
  @ApiProperty({ format: 'email' })
  email: string;

  /** Full name. */
  full_name: string | null;

  /** Address of their picture. */
  avatar_url: string | null;
}

/** A membership just made. */
export class AddedMemberResponse {
  /** Id of the membership. */
  id: string;

  /** Id of the workspace. */
  workspace_id: string;

  /** Id of the user. */
  user_id: string;

  /** Role in the workspace. */
  @ApiProperty({ enum: workspaceRoles, enumName: 'WorkspaceRole' })
  role: WorkspaceRole;

  /** Since when (RFC 3339, UTC). */
  @ApiProperty({ format: 'date-time' })
  created_at: string;

  /** When it was last changed (RFC 3339, UTC). */
  @ApiProperty({ format: 'date-time' })
  updated_at: string;
}

/** A member of a workspace. */
export class MemberResponse extends AddedMemberResponse {
  /** The person. */
  user: MemberUserResponse;
}
