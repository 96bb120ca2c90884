import { defineErrors } from '#kernel';

/** Errors of signing in with a browser. */
export const authErrors = defineErrors('auth', {
  csrfMissing: { kind: 'forbidden', message: 'Missing CSRF token' },
  csrfMismatch: { kind: 'forbidden', message: 'Invalid CSRF token' },
  unreadable: { kind: 'invalid', message: 'Invalid request' },
  foreignOrigin: { kind: 'forbidden', message: 'session_invalid' },
});
