import type { AddedMemberResponse, MemberResponse } from './dto/member.response.js';
import type { Member, MemberWithUser } from './members.types.js';

/** A membership without its person, as adding answers it. */
export function toAddedMemberResponse(row: Member): AddedMemberResponse {
  return {
    id: row.id,
    workspace_id: row.workspaceId,
    user_id: row.userId,
    role: row.role,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
  };
}

/** A membership with its person. */
export function toMemberResponse({ user, ...row }: MemberWithUser): MemberResponse {
  const person = { id: user.id, email: user.email, full_name: user.fullName, avatar_url: user.avatarUrl };
  return { ...toAddedMemberResponse(row), user: person };
}
