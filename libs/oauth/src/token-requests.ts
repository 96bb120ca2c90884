import * as oauth from 'oauth4webapi';
import type { FetchFunction } from '#egress';
import type { JsonObject, Secret } from '#kernel';
import { clientAuthOf } from './client-auth.js';
import { formObjectIn, jsonObjectIn } from './json-object.js';
import type { OauthClient, TokenEndpoint, TokenRequestMeans, TokenSet } from './oauth.types.js';
import { type ProtocolOptions, through } from './oauth4webapi-options.js';
import { quirksOf } from './providers.js';
import { tokenSetOf, uniformAnswer } from './token-answer.js';
import { failureOfAnswer, failureOfTransport, failureOfUnreadable } from './token-failures.js';
import { TokenRequestFailure } from './token-request-failure.js';
import { plainSecrets } from './upstream-words.js';

type Options = ProtocolOptions & { additionalParameters: Record<string, string> };

/**
 * Exchanges an authorization code for tokens (RFC 6749, 4.1.3) with its PKCE verifier. Sent once: a code is spent by it.
 * @throws TokenRequestFailure
 */
export async function exchangeCode(
  endpoint: TokenEndpoint,
  client: OauthClient,
  grant: { code: string; redirectUri: string; codeVerifier: string; resource: string | null },
  by: TokenRequestMeans,
): Promise<TokenSet> {
  const server = serverOf(endpoint);
  const us = { client_id: client.clientId };
  // The callback was validated when it came in; oauth4webapi takes parameters only from its own validation.
  const answer = oauth.validateAuthResponse(server, us, new URLSearchParams({ code: grant.code }), oauth.expectNoState);
  const { redirectUri, codeVerifier } = grant;
  const send = (options: Options) =>
    oauth.authorizationCodeGrantRequest(server, us, clientAuthOf(client), answer, redirectUri, codeVerifier, options);
  const secrets = plainSecrets(client.clientSecret, grant.code, codeVerifier);
  const uniform = await requestTokens(send, { endpoint, resource: grant.resource, secrets, by });
  return tokenSetOf(await oauth.processAuthorizationCodeResponse(server, us, uniform), by.now);
}

/**
 * Gets new tokens for a refresh token (RFC 6749, 6). Never sent twice: a rotating server takes the second for theft.
 * @throws TokenRequestFailure
 */
export async function refreshTokens(
  endpoint: TokenEndpoint,
  client: OauthClient,
  grant: { refreshToken: Secret; resource: string | null },
  by: TokenRequestMeans,
): Promise<TokenSet> {
  const server = serverOf(endpoint);
  const us = { client_id: client.clientId };
  const send = (options: Options) =>
    oauth.refreshTokenGrantRequest(server, us, clientAuthOf(client), grant.refreshToken.reveal(), options);
  const secrets = plainSecrets(client.clientSecret, grant.refreshToken);
  const uniform = await requestTokens(send, { endpoint, resource: grant.resource, secrets, by });
  return tokenSetOf(await oauth.processRefreshTokenResponse(server, us, uniform), by.now);
}

function serverOf(endpoint: TokenEndpoint): oauth.AuthorizationServer {
  // Only answers with an ID token are held against the issuer, and those are not read.
  return { issuer: endpoint.issuer ?? endpoint.tokenEndpoint, token_endpoint: endpoint.tokenEndpoint };
}

async function requestTokens(
  send: (options: Options) => Promise<Response>,
  context: { endpoint: TokenEndpoint; resource: string | null; secrets: readonly string[]; by: TokenRequestMeans },
): Promise<Response> {
  const { endpoint, secrets, by } = context;
  const { provider } = endpoint;
  const { refusesResource, tokenRequestBody } = quirksOf(provider);
  const resource = refusesResource ? null : context.resource;
  const additionalParameters: Record<string, string> = resource ? { resource } : {};
  const fetch = tokenRequestBody === 'json' ? inJson(by.fetch) : by.fetch;
  const { response, body } = await answered(() => send({ ...through(fetch), additionalParameters }), by.now);
  const failure = failureOfAnswer(response, body, { provider, secrets, now: by.now });
  if (failure) throw failure;
  const uniform = uniformAnswer(body, provider);
  if (!uniform) throw unreadable();
  return Response.json(uniform);
}

async function answered(send: () => Promise<Response>, now: Date): Promise<{ response: Response; body: JsonObject }> {
  let response: Response;
  let text: string;
  try {
    response = await send();
    text = await response.text();
  } catch (error) {
    throw failureOfTransport(error);
  }
  const body = jsonObjectIn(text) ?? (isForm(response) ? formObjectIn(text) : null);
  if (!body) throw failureOfUnreadable(response, now);
  return { response, body };
}

// Older servers answer with a form although JSON was asked for.
function isForm(response: Response): boolean {
  return /^(application\/x-www-form-urlencoded|text\/plain)\b/i.test(response.headers.get('content-type') ?? '');
}

function unreadable(): TokenRequestFailure {
  const reason = 'The authorization server answered without an access token';
  return new TokenRequestFailure({ kind: 'transient', errorCode: 'unreadable_answer', reason });
}

/** The same request with its form turned into JSON. */
function inJson(send: FetchFunction): FetchFunction {
  return (url, init = {}) => {
    const form = init.body instanceof URLSearchParams ? init.body : new URLSearchParams();
    const headers = new Headers(init.headers);
    headers.set('content-type', 'application/json');
    return send(url, { ...init, headers, body: JSON.stringify(Object.fromEntries(form)) });
  };
}
