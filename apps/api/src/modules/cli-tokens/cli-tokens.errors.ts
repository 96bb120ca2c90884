import { defineErrors } from '#kernel';

/** Errors of CLI tokens. */
export const cliTokenErrors = defineErrors('cli_token', {
  notFound: { kind: 'not_found', message: 'Token not found' },
  unknownTier: { kind: 'invalid', message: 'tier must be STANDARD or ADMIN' },
  unknownScope: { kind: 'invalid', message: 'unknown scope: {scope}' },
  scopesNull: { kind: 'invalid', message: 'scopes must be an array of strings; leave it out for the default' },
  personOnly: { kind: 'forbidden', message: 'A CLI token belongs to a person; sign in as one' },
  ownerOnly: { kind: 'forbidden', message: 'ADMIN-tier tokens require workspace OWNER role' },
  adminUnavailable: { kind: 'unavailable', message: 'ADMIN-tier tokens are not set up on this instance' },
  aboveRole: { kind: 'forbidden', message: 'scope {scope} exceeds your workspace role' },
  widerThanCaller: { kind: 'forbidden', message: 'A token may not make one with wider scopes than its own' },
  longerThanCaller: { kind: 'forbidden', message: 'A token may not make one that lives longer than itself' },
  othersTokens: { kind: 'forbidden', message: 'A token with scopes may revoke only itself' },
});
