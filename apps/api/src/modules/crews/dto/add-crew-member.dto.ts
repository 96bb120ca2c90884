import { ChoiceField, TextField } from '#http';
import { type WorkspaceRole, workspaceRoles } from '#kernel';

/** A member of the workspace who joins the crew. */
export class AddCrewMemberDto {
  /** Id of the user. */
  @TextField({ required: true, max: 64, message: 'user_id is required', example: 'cmhq3v1x0a1b2c3d4e5f6g7h8' })
  user_id: string;

  /** Role inside the crew. It raises what the workspace role allows, and never lowers it. */
  @ChoiceField(workspaceRoles, {
    enumName: 'WorkspaceRole',
    nullable: true,
    message: 'role must be OWNER, ADMIN, MANAGER, MEMBER, or VIEWER',
  })
  role?: WorkspaceRole | null;
}
