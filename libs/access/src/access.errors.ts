import { type AppError, defineErrors } from '#kernel';

/** Why a caller is not known. The words are part of the contract (`WWW-Authenticate: Bearer error="…"`). */
export type AuthenticationFailure = 'no_credentials' | 'session_expired' | 'session_revoked' | 'session_invalid';

/** What the guard answers. */
export const accessErrors = defineErrors('access', {
  unauthenticated: { kind: 'unauthenticated', message: '{reason}' },
  workspaceRequired: { kind: 'invalid', message: 'workspace_id is required' },
  workspaceContradiction: {
    kind: 'invalid',
    message: 'The path, the query and X-Workspace-ID name different workspaces; send one of them',
  },
  notAMember: { kind: 'forbidden', message: 'Not a member of this workspace' },
  workspaceNotFound: { kind: 'not_found', message: 'Workspace not found' },
  forbidden: { kind: 'forbidden', message: 'Forbidden' },
  personRequired: {
    kind: 'forbidden',
    message: 'This belongs to a person: sign in with a user account instead of the instance administrator’s token',
  },
  internalForbidden: { kind: 'forbidden', message: 'Forbidden' },
  apiKeyMissing: { kind: 'unauthenticated', message: 'API key is missing.' },
  apiKeyInvalid: { kind: 'unauthenticated', message: 'Invalid API key.' },
  apiKeyExpired: { kind: 'unauthenticated', message: 'API key has expired.' },
  workspaceTokenInvalid: { kind: 'unauthenticated', message: 'invalid workspace auth token' },
  tokenScopeMissing: { kind: 'forbidden', message: 'This token is missing the required scope: {scope}.' },
  insufficientScope: { kind: 'forbidden', message: 'This API key is missing the required scope: {scope}.' },
});

/** 401 with the reason in body and header. */
export function unauthenticated(reason: AuthenticationFailure): AppError {
  return accessErrors.unauthenticated({
    params: { reason },
    headers: { 'WWW-Authenticate': `Bearer error="${reason}"` },
    extensions: { reason },
  });
}
