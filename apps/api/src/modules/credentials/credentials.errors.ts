import { defineErrors } from '#kernel';

/** Errors of credentials. */
export const credentialErrors = defineErrors('credential', {
  notFound: { kind: 'not_found', message: 'Credential not found' },
  nameTaken: { kind: 'conflict', message: 'Credential with this name already exists' },
  nameRequired: { kind: 'invalid', message: 'name is required' },
  valueRequired: { kind: 'invalid', message: 'value is required' },
  valueTooLong: { kind: 'invalid', message: 'value is too long (max 65536 bytes)' },
  invalidValue: { kind: 'invalid', message: '{reason}' },
  usernameRequired: { kind: 'invalid', message: 'username is required for USERPASS credentials' },
  invalidCrew: { kind: 'invalid', message: 'Invalid crew_id: {crewId}' },
  crewsRequired: { kind: 'invalid', message: 'crew_ids is required for CREW scope' },
  invalidUrl: { kind: 'invalid', message: '{field} {reason}' },
  invalidInstant: { kind: 'invalid', message: 'token_expires_at must be an RFC 3339 date and time' },
  invalidTag: { kind: 'invalid', message: 'tags must not be blank' },
  invalidLimit: { kind: 'invalid', message: 'limit must be a positive integer' },
  invalidCursor: { kind: 'invalid', message: 'invalid cursor: {reason}' },
  managed: {
    kind: 'conflict',
    message:
      'This credential stands for the Composio API key and holds nothing itself. Change or remove the key with PUT or ' +
      'DELETE /api/v1/integrations/composio/settings',
  },
  nothingToUpdate: { kind: 'invalid', message: 'No fields to update' },
});
