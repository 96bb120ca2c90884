import { defineErrors } from '#kernel';

/** What can be wrong with an authorization server, and with what it sends back through the browser. */
export const oauthErrors = defineErrors('oauth_server', {
  notDiscovered: {
    kind: 'not_found',
    message:
      '{host} publishes no OAuth metadata: neither a WWW-Authenticate challenge nor /.well-known/oauth-protected-resource, oauth-authorization-server or openid-configuration. Give a client id with the endpoints, or use a personal API key',
  },
  unreachable: {
    kind: 'upstream',
    message: '{host} could not be reached. Check the address, and try again later',
  },
  resourceMismatch: {
    kind: 'unprocessable',
    message:
      'The protected resource metadata of {host} describe another resource than this URL (RFC 9728, 3.3). Use the URL that the server publishes, or tell its operator',
  },
  issuerMismatch: {
    kind: 'unprocessable',
    message:
      'The metadata of the authorization server at {host} name another issuer than the one that was asked (RFC 8414, 3.3). Tell the operator of the server',
  },
  serverNotDiscovered: {
    kind: 'unprocessable',
    message:
      'The authorization server at {host} publishes no usable metadata: neither oauth-authorization-server (RFC 8414) nor openid-configuration names an issuer, an authorization and a token endpoint. Tell the operator of the server',
  },
  pkceUnsupported: {
    kind: 'unprocessable',
    message:
      'The authorization server at {host} does not say that it supports PKCE with S256 (code_challenge_methods_supported), without which a flow is not started. Tell the operator of the server',
  },
  endpointNotAllowed: {
    kind: 'unprocessable',
    message:
      'The {endpoint} of the authorization server at {host} is not a public https address. Tell the operator of the server, or ask an operator to allow the host with EGRESS_ALLOW',
  },
  registrationUnsupported: {
    kind: 'unprocessable',
    message:
      'The authorization server at {host} does not register clients by itself. Create an OAuth app there and give its client id',
  },
  registrationRefused: {
    kind: 'unprocessable',
    message:
      'The authorization server at {host} refused to register a client: {reason}. Create an OAuth app there and give its client id',
  },
  registrationFailed: {
    kind: 'upstream',
    message: 'The authorization server at {host} could not register a client ({reason}). Try again later',
  },
  wrongIssuer: {
    kind: 'invalid',
    message:
      'The answer does not come from the authorization server that was asked (RFC 9207), so it was not used. Start again',
  },
  malformedCallback: {
    kind: 'invalid',
    message: 'The answer of the authorization server is not one to the question that was asked. Start again',
  },
});
