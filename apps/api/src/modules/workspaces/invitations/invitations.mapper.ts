import type { InvitationResponse } from './dto/invitation.response.js';
import type { InvitationWithInviter } from './invitations.types.js';

/** A stored invitation as it is answered. */
export function toInvitationResponse(row: InvitationWithInviter): InvitationResponse {
  return {
    id: row.id,
    workspace_id: row.workspaceId,
    email: row.email,
    role: row.role,
    invited_by: row.invitedById,
    expires_at: row.expiresAt.toISOString(),
    accepted_at: row.acceptedAt?.toISOString() ?? null,
    created_at: row.createdAt.toISOString(),
    inviter: { id: row.inviter.id, email: row.inviter.email, full_name: row.inviter.fullName },
  };
}
