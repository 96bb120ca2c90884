import { defineErrors } from '#kernel';

/** Errors of becoming a user. */
export const registrationErrors = defineErrors('registration', {
  alreadyInitialized: { kind: 'gone', message: 'Already initialized — please log in at /login instead' },
  signupDisabled: {
    kind: 'forbidden',
    message: 'Registration is disabled. Set CREWSHIP_ALLOW_SIGNUP=true to enable.',
  },
});
