import { defineErrors } from '#kernel';

/** Errors of finding authorization servers, and of what is registered for them. */
export const oauthServersErrors = defineErrors('oauth', {
  endpointsNotDiscovered: { kind: 'not_found', message: 'Could not discover OAuth endpoints for this issuer' },
  urlRequired: { kind: 'invalid', message: 'mcp_url is required' },
  urlNotAllowed: { kind: 'invalid', message: 'mcp_url is not allowed: {reason}' },
  redirectUriNotRegistered: {
    kind: 'unprocessable',
    message:
      'redirect_uri is not registered for this workspace. Leave it out to use our own, or have an administrator register it at /api/v1/oauth/redirect-uris',
  },
  redirectUriInvalid: { kind: 'invalid', message: 'uri {reason}' },
  redirectUriTaken: { kind: 'conflict', message: 'This redirect URI is registered already' },
  redirectUriNotFound: { kind: 'not_found', message: 'Redirect URI not found' },
});
