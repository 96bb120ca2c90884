import * as oauth from 'oauth4webapi';
import { oauthErrors } from './oauth.errors.js';
import type { CallbackAnswer, ExpectedCallback } from './oauth.types.js';
import { cleanWords, errorCodeOf } from './upstream-words.js';

/**
 * Reads what the person's browser brought back, an error included, after it is known who sent it: `state` and `iss`
 * are compared as text with what was recorded (RFC 9207, 2.4), before anything else of the answer is looked at.
 * @throws AppError `oauth_server.wrong_issuer`, `oauth_server.malformed_callback`. The flow is over then.
 */
export function readCallback(parameters: URLSearchParams, expected: ExpectedCallback): CallbackAnswer {
  try {
    const code = validated(parameters, expected).get('code');
    if (!code) throw oauthErrors.malformedCallback();
    return { ok: true, code };
  } catch (error) {
    if (error instanceof oauth.AuthorizationResponseError) {
      const code = errorCodeOf(error.error) ?? 'unknown_error';
      return { ok: false, error: code, description: cleanWords(error.error_description) };
    }
    if (comesFromAnother(parameters, expected)) throw oauthErrors.wrongIssuer();
    throw oauthErrors.malformedCallback();
  }
}

function validated(parameters: URLSearchParams, expected: ExpectedCallback): URLSearchParams {
  const given = new URLSearchParams(parameters);
  // A provider without a recorded issuer has nothing that `iss` could be compared with.
  if (expected.issuer === null) given.delete('iss');
  const server: oauth.AuthorizationServer = {
    issuer: expected.issuer ?? 'about:blank',
    authorization_response_iss_parameter_supported: expected.issuer !== null && expected.issRequired,
  };
  return oauth.validateAuthResponse(server, { client_id: expected.clientId }, given, expected.state);
}

function comesFromAnother(parameters: URLSearchParams, expected: ExpectedCallback): boolean {
  if (expected.issuer === null) return false;
  const given = parameters.getAll('iss');
  return given.length === 0 ? expected.issRequired : given.some((iss) => iss !== expected.issuer);
}
