import { ApiProperty } from '@nestjs/swagger';
import { type WorkspaceRole, workspaceRoles } from '#kernel';

/** The workspace in which a person is listed. */
export class AdminUserWorkspaceResponse {
  /** Id of the workspace. */
  id: string;

  /** Name shown to people. */
  name: string;

  /** Short name for URLs. */
  slug: string;
}

/** A person of the workspace. */
export class AdminUserResponse {
  /** Id of the user. */
  id: string;

  /** Email address, in lower case. */
  @ApiProperty({ format: 'email' })
  email: string;

  /** Full name. */
  full_name: string | null;

  /** Address of their picture. */
  avatar_url: string | null;

  /** When the account was made (RFC 3339, UTC). */
  @ApiProperty({ format: 'date-time' })
  created_at: string;

  /** The workspace. */
  workspace: AdminUserWorkspaceResponse;

  /** Role in the workspace. */
  @ApiProperty({ enum: workspaceRoles, enumName: 'WorkspaceRole' })
  role: WorkspaceRole;
}
