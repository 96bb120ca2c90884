import { AppError } from '#kernel';
import { type Challenge, findChallenge } from './challenge.js';
import type { Discovery } from './metadata-request.js';
import { oauthErrors } from './oauth.errors.js';
import type { AuthorizationServer, DiscoveredServer, DiscoveryMeans, ProviderKey } from './oauth.types.js';
import { findProtectedResource, type ProtectedResource } from './protected-resource.js';
import { providerKeyOfEndpoint, providerKeyOfUrl, providerKeys, providers } from './providers.js';
import { findAuthorizationServer } from './server-metadata.js';

/**
 * Finds out how an MCP server is authorized, as the MCP specification of 2026-07-28 has it: its challenge, its protected
 * resource metadata (RFC 9728), the metadata of its authorization servers (RFC 8414, OpenID Connect Discovery) in the
 * order it names them. A server without protected resource metadata is asked as its own authorization server, which was
 * the rule until 2025-03-26. Last comes our table. No redirect leaves the host that was asked.
 * @throws AppError of {@link oauthErrors}, or `egress.url_not_allowed` when nothing may be asked there. What is found but contradicts itself is an error, never a reason to guess.
 */
export async function discoverServer(url: URL, means: DiscoveryMeans): Promise<DiscoveredServer> {
  const signal = AbortSignal.timeout(means.deadlineMs ?? 20_000);
  const { fetch, allowed } = means;
  const discovery: Discovery = { fetch, allowed, signal, answered: false, refusal: null };
  const asked = new URL(url);
  asked.hash = '';
  const challenge = await findChallenge(asked, discovery);
  const resource = await findProtectedResource(asked, challenge, discovery);
  const issuers = resource?.authorizationServers.length ? resource.authorizationServers : [asked.origin];
  const server = await firstServer(issuers, discovery);
  if (server) return discovered(server, { url: asked, challenge, resource });
  const known = knownProvider(asked, issuers);
  if (known) return fromTable(known, { challenge, resource });
  if (discovery.refusal && !discovery.answered) throw discovery.refusal;
  const error = discovery.answered ? oauthErrors.notDiscovered : oauthErrors.unreachable;
  throw error({ params: { host: asked.host } });
}

/** The first issuer that a flow may be started on. When none is, but one was found, what is wrong with it is thrown. */
async function firstServer(issuers: readonly string[], discovery: Discovery): Promise<AuthorizationServer | null> {
  let fault: AppError | null = null;
  // More than a few are no choice but an attempt to keep us busy.
  for (const issuer of issuers.slice(0, 5)) {
    try {
      const server = await findAuthorizationServer(issuer, discovery);
      if (server) return server;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      fault ??= error;
    }
  }
  if (fault) throw fault;
  return null;
}

function discovered(
  server: AuthorizationServer,
  found: { url: URL; challenge: Challenge | null; resource: ProtectedResource | null },
): DiscoveredServer {
  const { url, challenge, resource } = found;
  return {
    ...server,
    resource: resource?.resource ?? canonical(url),
    scopes: withRefresh(challenge?.scopes ?? resource?.scopes ?? [], server.scopesSupported),
    source: 'discovery',
    provider: providerKeyOfEndpoint(server.tokenEndpoint),
  };
}

// Where no scope is asked for, the server chooses; asking for this one alone would be a choice.
function withRefresh(scopes: readonly string[], supported: readonly string[]): string[] {
  const refresh = scopes.length > 0 && supported.includes('offline_access') ? ['offline_access'] : [];
  return [...new Set([...scopes, ...refresh])];
}

/** The URL of an MCP server as its resource identifier: without the slash of an empty path. */
function canonical(url: URL): string {
  return url.pathname === '/' && url.search === '' ? url.origin : url.href;
}

function knownProvider(url: URL, issuers: readonly string[]): ProviderKey | null {
  const named = providerKeys.find((key) => issuers.some((issuer) => issuer === providers[key].issuer));
  return named ?? providerKeyOfUrl(url);
}

function fromTable(
  key: ProviderKey,
  found: { challenge: Challenge | null; resource: ProtectedResource | null },
): DiscoveredServer {
  const provider = providers[key];
  const scopes = found.challenge?.scopes ?? found.resource?.scopes ?? [];
  return {
    ...authorizationServerOfProvider(key),
    resource: found.resource?.resource ?? null,
    scopes: scopes.length > 0 ? [...scopes] : provider.defaultScopes.split(' ').filter(Boolean),
    source: 'known_provider',
    provider: key,
  };
}

/** A provider of the table as an authorization server. Clients of it are registered by hand. */
export function authorizationServerOfProvider(key: ProviderKey): AuthorizationServer {
  const provider = providers[key];
  return {
    issuer: provider.issuer ?? null,
    authorizationEndpoint: provider.authorizationEndpoint,
    tokenEndpoint: provider.tokenEndpoint,
    registrationEndpoint: null,
    revocationEndpoint: provider.revocationEndpoint ?? null,
    scopesSupported: [],
    pkceS256: true,
    issParameterSupported: false,
    clientIdMetadataDocumentSupported: false,
    tokenAuthMethods: [...provider.authMethods],
  };
}
