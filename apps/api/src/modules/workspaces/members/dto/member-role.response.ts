import { ApiProperty } from '@nestjs/swagger';
import { type WorkspaceRole, workspaceRoles } from '#kernel';

/** The answer of a role change. */
export class MemberRoleResponse {
  /** Always `updated`. */
  @ApiProperty({ enum: ['updated'] })
  status: 'updated';

  /** Id of the membership. */
  member_id: string;

  /** Role that the member has now. */
  @ApiProperty({ enum: workspaceRoles, enumName: 'WorkspaceRole' })
  role: WorkspaceRole;
}
