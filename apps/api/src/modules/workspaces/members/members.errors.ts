import { defineErrors } from '#kernel';

/** Errors of a workspace's members. */
export const memberErrors = defineErrors('member', {
  notFound: { kind: 'not_found', message: 'Member not found' },
  userNotFound: { kind: 'not_found', message: 'User not found' },
  exists: { kind: 'conflict', message: 'User is already a member of this workspace' },
  adminByOwnerOnly: { kind: 'forbidden', message: 'Only workspace owner can assign ADMIN role' },
  outranked: { kind: 'forbidden', message: 'You cannot change the role of a member who ranks above you' },
  grantTooHigh: { kind: 'forbidden', message: 'You can only assign roles below your own' },
  lastOwner: { kind: 'conflict', message: 'A workspace must keep at least one owner' },
  ownerStays: { kind: 'forbidden', message: 'Cannot remove workspace owner' },
});
