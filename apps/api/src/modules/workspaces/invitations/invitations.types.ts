import type { AssignableRole } from '../assignable-role.js';

/** An invitation as it is stored, without its token. */
export interface Invitation {
  id: string;
  workspaceId: string;
  email: string;
  role: AssignableRole;
  invitedById: string;
  expiresAt: Date;
  acceptedAt: Date | null;
  revokedAt: Date | null;
  createdAt: Date;
}

/** An invitation with the person who sent it. */
export interface InvitationWithInviter extends Invitation {
  inviter: { id: string; email: string; fullName: string | null };
}
