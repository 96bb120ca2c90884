import * as oauth from 'oauth4webapi';
import type { FetchFunction } from '#egress';
import { type AppError, type JsonObject, Secret } from '#kernel';
import { jsonObjectIn } from './json-object.js';
import { oauthErrors } from './oauth.errors.js';
import type {
  AuthorizationServer,
  ClientManagement,
  ClientMetadata,
  RegisteredClient,
  TokenAuthMethod,
} from './oauth.types.js';
import { through } from './oauth4webapi-options.js';
import { cleanWords, errorCodeOf } from './upstream-words.js';

/** A registration as it is sent (RFC 7591, 2), also the core of our Client ID Metadata Document. */
export interface RegistrationDocument {
  client_name: string;
  redirect_uris: string[];
  grant_types: string[];
  response_types: string[];
  token_endpoint_auth_method: TokenAuthMethod;
  /** `native` when every redirect URI leads to the person's own machine (OpenID Connect Registration, 2). */
  application_type: 'web' | 'native';
  client_uri?: string;
  scope?: string;
}

/** What is said of us to authorization servers. */
export function registrationDocument(metadata: ClientMetadata, authMethod: TokenAuthMethod): RegistrationDocument {
  return {
    client_name: 'Crewship',
    ...(metadata.clientUri === null ? {} : { client_uri: metadata.clientUri }),
    redirect_uris: [...metadata.redirectUris],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: authMethod,
    application_type: metadata.redirectUris.every(isLocal) ? 'native' : 'web',
    ...(metadata.scope === null ? {} : { scope: metadata.scope }),
  };
}

/**
 * Registers us with an authorization server (RFC 7591), as a public client where it takes those.
 * @throws AppError `oauth_server.registration_unsupported`, `…registration_refused` (asking again changes nothing),
 * `…registration_failed` (it may).
 */
export async function registerClient(
  server: AuthorizationServer,
  metadata: ClientMetadata,
  fetch: FetchFunction,
): Promise<RegisteredClient> {
  const { registrationEndpoint } = server;
  const host = new URL(server.tokenEndpoint).host;
  const method = preferred(server.tokenAuthMethods);
  if (!registrationEndpoint || !method) throw oauthErrors.registrationUnsupported({ params: { host } });
  const document = registrationDocument(metadata, method);
  const { response, body } = await sent(registrationEndpoint, document, { fetch, host });
  if (!response.ok) throw refusalOf(response, body, host);
  return await clientOf(body ?? {}, method, host);
}

async function sent(
  endpoint: string,
  document: RegistrationDocument,
  by: { fetch: FetchFunction; host: string },
): Promise<{ response: Response; body: JsonObject | null }> {
  const server = { issuer: endpoint, registration_endpoint: endpoint };
  try {
    const response = await oauth.dynamicClientRegistrationRequest(server, { ...document }, through(by.fetch));
    return { response, body: jsonObjectIn(await response.text()) };
  } catch (cause) {
    throw oauthErrors.registrationFailed({ params: { host: by.host, reason: 'no answer' }, cause });
  }
}

async function clientOf(body: JsonObject, requested: TokenAuthMethod, host: string): Promise<RegisteredClient> {
  const { client_secret: secret, client_secret_expires_at: expires } = body;
  // Some servers answer 200, and leave out the expiry of a secret that has none.
  const complete = typeof secret === 'string' && secret !== '' && typeof expires !== 'number';
  const answer = Response.json(complete ? { ...body, client_secret_expires_at: 0 } : body, { status: 201 });
  const client = await oauth.processDynamicClientRegistrationResponse(answer).catch(() => {
    throw oauthErrors.registrationFailed({ params: { host, reason: 'the answer holds no client id' } });
  });
  const clientSecret =
    typeof client.client_secret === 'string' && client.client_secret ? new Secret(client.client_secret) : null;
  const given = client.token_endpoint_auth_method;
  const expiresAt = Number(client.client_secret_expires_at ?? 0);
  return {
    clientId: String(client.client_id),
    clientSecret,
    authMethod: clientSecret ? confidential(given, requested) : 'none',
    secretExpiresAt: clientSecret && expiresAt > 0 ? new Date(expiresAt * 1000) : null,
    management: managementOf(body),
  };
}

function managementOf({ registration_client_uri: uri, registration_access_token: token }: JsonObject) {
  if (typeof uri !== 'string' || !URL.canParse(uri)) return null;
  return typeof token === 'string' && token !== '' ? { uri, token: new Secret(token) } : null;
}

/** Ends a registration that nobody uses (RFC 7592, 2.3). @throws AppError `oauth_server.registration_failed` when it may live on. */
export async function deleteClient({ uri, token }: ClientManagement, send: FetchFunction): Promise<void> {
  const { host } = new URL(uri);
  let response: Response;
  try {
    response = await send(uri, { method: 'DELETE', headers: { authorization: `Bearer ${token.reveal()}` } });
    await response.body?.cancel();
  } catch (cause) {
    throw oauthErrors.registrationFailed({ params: { host, reason: 'no answer' }, cause });
  }
  if (response.ok || response.status === 401 || response.status === 404) return;
  throw oauthErrors.registrationFailed({ params: { host, reason: `status ${response.status}` } });
}

// A server that hands out a secret unasked and does not say how to use it means the default (RFC 7591, 2).
function confidential(given: unknown, requested: TokenAuthMethod): TokenAuthMethod {
  if (given === 'client_secret_post' || given === 'client_secret_basic' || given === 'none') return given;
  return requested === 'none' ? 'client_secret_basic' : requested;
}

function refusalOf(response: Response, body: JsonObject | null, host: string): AppError {
  const { status } = response;
  if (status === 429 || status >= 500) {
    return oauthErrors.registrationFailed({ params: { host, reason: `status ${status}` } });
  }
  const code = errorCodeOf(body?.error);
  const description = cleanWords(body?.error_description);
  const reason = [code ?? `status ${status}`, description].filter((word) => word !== null).join(', ');
  return oauthErrors.registrationRefused({ params: { host, reason } });
}

function preferred(supported: readonly TokenAuthMethod[]): TokenAuthMethod | null {
  const order: TokenAuthMethod[] = ['none', 'client_secret_basic', 'client_secret_post'];
  return order.find((method) => supported.includes(method)) ?? null;
}

function isLocal(uri: string): boolean {
  const { protocol, hostname } = new URL(uri);
  if (protocol !== 'http:' && protocol !== 'https:') return true;
  return ['127.0.0.1', '[::1]', 'localhost'].includes(hostname);
}
