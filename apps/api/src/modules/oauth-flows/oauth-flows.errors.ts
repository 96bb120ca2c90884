import { defineErrors } from '#kernel';

/** Errors of authorizations that somebody starts and finishes. */
export const oauthFlowErrors = defineErrors('oauth', {
  credentialNotFound: { kind: 'not_found', message: 'OAuth credential not found' },
  credentialGone: { kind: 'not_found', message: 'Credential not found' },
  flowNotFound: { kind: 'not_found', message: 'OAuth flow not found' },
  notOauth: {
    kind: 'invalid',
    message: 'Only credentials of type OAUTH2 can be connected; this one is of type {type}',
  },
  clientMissing: { kind: 'invalid', message: 'Credential missing oauth_client_id or oauth_auth_url' },
  configurationMissing: { kind: 'invalid', message: 'Credential missing OAuth configuration' },
  configurationChanged: {
    kind: 'invalid',
    message: 'The OAuth settings of the credential were changed meanwhile. Start the connection again',
  },
  endpointNotAllowed: { kind: 'invalid', message: '{field} is not allowed: {reason}' },
  parametersMissing: { kind: 'invalid', message: 'Missing code or state parameter' },
  exchangeParametersMissing: { kind: 'invalid', message: 'credential_id and code are required' },
  finishParametersMissing: { kind: 'invalid', message: 'callback_url, or state with code or error, is required' },
  proofMissing: {
    kind: 'invalid',
    message: 'state is required; a request of your own needs its code_verifier instead',
  },
  callbackUrlForeign: { kind: 'invalid', message: 'callback_url is not an address that this connection leads to' },
  redirectUriDiffers: {
    kind: 'unprocessable',
    message: 'redirect_uri is not the one that the connection was started with',
  },
  stateInvalid: { kind: 'invalid', message: 'Invalid or expired {what}' },
  stateExpired: { kind: 'invalid', message: 'OAuth state expired' },
  stateForeign: { kind: 'invalid', message: 'OAuth state does not match credential' },
  sessionMismatch: {
    kind: 'forbidden',
    message:
      'This connection was started by somebody else or in another browser, so nothing was connected. ' +
      'Sign in as the person who started it and open the link again, or finish in the program that started it',
  },
  initiatorLeft: {
    kind: 'forbidden',
    message: 'The person who started this connection may no longer connect credentials of the workspace',
  },
  denied: { kind: 'invalid', message: 'OAuth error: {error}' },
  exchangeFailed: { kind: 'upstream', message: 'Token exchange failed: {reason}' },
  cancelled: { kind: 'invalid', message: 'The connection was cancelled meanwhile; nothing was stored' },
  revokedMeanwhile: { kind: 'invalid', message: 'The credential was revoked meanwhile; nothing was stored' },
  targetGone: { kind: 'invalid', message: 'The server, crew or agent that was to be connected is no longer there' },
  crewNotFound: { kind: 'invalid', message: 'Crew not found' },
  agentNotFound: { kind: 'invalid', message: 'Agent not found' },
  agentElsewhere: { kind: 'invalid', message: 'The agent does not belong to this crew' },
  mcpUrlRequired: { kind: 'invalid', message: 'mcp_url is required' },
  mcpUrlInvalid: { kind: 'invalid', message: 'mcp_url must be an http or https URL' },
  cannotDiscover: {
    kind: 'invalid',
    message: 'Cannot discover OAuth for this URL. This provider may require a Personal API Key instead.',
  },
  listenerElsewhere: {
    kind: 'invalid',
    message: 'mode server serves browsers on this server’s own host only; use mode client',
  },
  tooManyListeners: {
    kind: 'rate_limited',
    message: 'Too many connections wait for a browser on this host; try again',
  },
  listenerFailed: { kind: 'internal', message: 'The connection failed for a reason of ours' },
});
