import type { WorkspaceRole } from '#kernel';

/** A person's place in a workspace. */
export interface Member {
  id: string;
  workspaceId: string;
  userId: string;
  role: WorkspaceRole;
  createdAt: Date;
  updatedAt: Date;
}

/** A member with what others may know of the person. */
export interface MemberWithUser extends Member {
  user: { id: string; email: string; fullName: string | null; avatarUrl: string | null };
}
