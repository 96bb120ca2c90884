import type { Response } from 'express';
import { safeCallbackUrl } from './callback-url.js';
import type { AuthErrorResponse } from './dto/auth-error.response.js';
import type { AuthProvidersResponse } from './dto/providers.response.js';
import { redirect } from './redirect.js';

const callback = '/api/auth/callback/credentials';

/** The one way to sign in. */
export const providers: AuthProvidersResponse = {
  credentials: {
    id: 'credentials',
    name: 'Credentials',
    type: 'credentials',
    signinUrl: callback,
    callbackUrl: callback,
  },
};

/** Sends the browser to the sign-in page, which brings it back to a path of this origin. */
export function goToSignIn(response: Response): void {
  const wish = safeCallbackUrl(response.req.query.callbackUrl);
  redirect(response, `/login?callbackUrl=${encodeURIComponent(wish)}`);
}

/** Sends the browser to the sign-in page with the error's code; clients that prefer JSON are told it. */
export function showError(response: Response): void {
  const error = codeOf(response.req.query.error);
  const body: AuthErrorResponse = { error, message: `Authentication error: ${error}` };
  if (response.req.accepts(['html', 'json']) === 'json') response.status(200).json(body);
  else redirect(response, `/login?error=${error}`);
}

// Codes are words; anything else came from somebody who wants to see their own text on our page.
function codeOf(value: unknown): string {
  return typeof value === 'string' && /^[A-Za-z]{1,64}$/.test(value) ? value : 'Default';
}
