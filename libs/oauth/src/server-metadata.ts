import * as oauth from 'oauth4webapi';
import { z } from 'zod';
import type { JsonObject } from '#kernel';
import { type Discovery, findMetadata } from './metadata-request.js';
import { oauthErrors } from './oauth.errors.js';
import type { AuthorizationServer, TokenAuthMethod } from './oauth.types.js';
import { providerKeyOfEndpoint, quirksOf } from './providers.js';

const words = z.array(z.string()).optional().catch(undefined);
const flag = z.boolean().catch(false);
const place = z.string().optional().catch(undefined);

const schema = z.object({
  issuer: z.string(),
  authorization_endpoint: z.string(),
  token_endpoint: z.string(),
  registration_endpoint: place,
  revocation_endpoint: place,
  scopes_supported: words,
  code_challenge_methods_supported: words,
  token_endpoint_auth_methods_supported: words,
  authorization_response_iss_parameter_supported: flag,
  client_id_metadata_document_supported: flag,
});

type Metadata = z.infer<typeof schema>;

const spoken: readonly TokenAuthMethod[] = ['client_secret_basic', 'client_secret_post', 'none'];

/**
 * The authorization server of an issuer by its published metadata: RFC 8414 with the path inserted, then OpenID Connect
 * Discovery with the path inserted and appended. Null when none of these is there.
 * @throws AppError `oauth_server.issuer_mismatch`, `…pkce_unsupported`, `…endpoint_not_allowed`,
 * `…server_not_discovered` when there are metadata, but not such that a flow may be started on.
 */
export async function findAuthorizationServer(
  issuer: string,
  discovery: Discovery,
): Promise<AuthorizationServer | null> {
  if (!URL.canParse(issuer)) return null;
  const { host } = new URL(issuer);
  for (const at of metadataPlaces(new URL(issuer))) {
    const found = await findMetadata(at, discovery);
    if (!found) continue;
    await requireIssuer(found, issuer);
    const parsed = schema.safeParse(found);
    if (!parsed.success) throw oauthErrors.serverNotDiscovered({ params: { host }, cause: parsed.error });
    return serverOf(parsed.data, host, discovery);
  }
  return null;
}

function metadataPlaces(issuer: URL): string[] {
  const { origin } = issuer;
  const path = issuer.pathname.replace(/\/$/, '');
  const inserted = ['oauth-authorization-server', 'openid-configuration'].map(
    (name) => `${origin}/.well-known/${name}${path}`,
  );
  return path === '' ? inserted : [...inserted, `${origin}${path}/.well-known/openid-configuration`];
}

// oauth4webapi compares parsed URLs. The specification compares texts (RFC 8414, 3.3); of the difference only the slash
// of an empty path is forgiven, which the two documents that name the issuer often disagree on.
async function requireIssuer(metadata: JsonObject, asked: string): Promise<void> {
  const params = { host: new URL(asked).host };
  const processed = oauth.processDiscoveryResponse(new URL(asked), Response.json(metadata));
  const { issuer } = await processed.catch((cause: unknown) => {
    const missing = typeof metadata.issuer !== 'string';
    throw missing ? oauthErrors.serverNotDiscovered({ params, cause }) : oauthErrors.issuerMismatch({ params, cause });
  });
  if (withoutEmptyPath(issuer) !== withoutEmptyPath(asked)) throw oauthErrors.issuerMismatch({ params });
}

function withoutEmptyPath(issuer: string): string {
  return issuer.replace(/^([a-z][a-z0-9+.-]*:\/\/[^/?#]*)\/$/i, '$1');
}

function serverOf(metadata: Metadata, host: string, discovery: Discovery): AuthorizationServer {
  for (const endpoint of ['authorization_endpoint', 'token_endpoint', 'registration_endpoint'] as const) {
    const url = metadata[endpoint];
    if (url !== undefined && !isUsable(url, discovery)) {
      throw oauthErrors.endpointNotAllowed({ params: { host, endpoint } });
    }
  }
  if (!takesS256(metadata)) throw oauthErrors.pkceUnsupported({ params: { host } });
  const { revocation_endpoint: revocation } = metadata;
  const methods = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
  return {
    issuer: metadata.issuer,
    authorizationEndpoint: metadata.authorization_endpoint,
    tokenEndpoint: metadata.token_endpoint,
    registrationEndpoint: metadata.registration_endpoint ?? null,
    // Revocation is a courtesy: where it cannot be used, the rest still can.
    revocationEndpoint: revocation !== undefined && isUsable(revocation, discovery) ? revocation : null,
    scopesSupported: metadata.scopes_supported ?? [],
    pkceS256: true,
    issParameterSupported: metadata.authorization_response_iss_parameter_supported,
    clientIdMetadataDocumentSupported: metadata.client_id_metadata_document_supported,
    tokenAuthMethods: spoken.filter((method) => methods.includes(method)),
  };
}

function takesS256(metadata: Metadata): boolean {
  if (metadata.code_challenge_methods_supported?.includes('S256')) return true;
  return quirksOf(providerKeyOfEndpoint(metadata.token_endpoint)).pkceUnadvertised === true;
}

/** Whether an endpoint is a web address that the egress policy lets through. A browser is sent to no other scheme. */
function isUsable(url: string, { allowed }: Discovery): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hash } = new URL(url);
  return (protocol === 'https:' || protocol === 'http:') && hash === '' && allowed(url);
}
