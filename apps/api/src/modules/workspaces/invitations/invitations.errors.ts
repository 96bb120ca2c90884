import { defineErrors } from '#kernel';

/** Errors of invitations. */
export const invitationErrors = defineErrors('invitation', {
  notFound: { kind: 'not_found', message: 'Invitation not found' },
  adminByOwnerOnly: { kind: 'forbidden', message: 'Only workspace owner can invite with ADMIN role' },
  exists: { kind: 'conflict', message: 'An active invitation already exists for this email' },
  otherEmail: {
    kind: 'forbidden',
    message: 'This invitation is for another email address; sign in with the address that was invited',
  },
  used: { kind: 'gone', message: 'This invitation has been accepted already' },
  revoked: { kind: 'gone', message: 'This invitation has been revoked; ask for a new one' },
  expired: { kind: 'gone', message: 'This invitation has expired; ask for a new one' },
});
