import { defineErrors } from '#kernel';

/** Errors of browser sessions. */
export const sessionErrors = defineErrors('session', {
  notFound: { kind: 'not_found', message: 'session not found' },
  personOnly: { kind: 'forbidden', message: 'Only a person has this; sign in as one' },
  tokenLimited: { kind: 'forbidden', message: 'A token with scopes may not end sessions' },
});
