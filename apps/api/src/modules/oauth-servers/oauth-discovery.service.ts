import { Injectable } from '@nestjs/common';
import { checkEndpoint, checkSecureEndpoint, Egress, findRefusal } from '#egress';
import { AppError } from '#kernel';
import { type DiscoveredServer, discoverServer } from '#oauth';
import type { DiscoveredOauthResponse } from './dto/discovered-oauth.response.js';
import { oauthServersErrors } from './oauth-servers.errors.js';

// A host that is away publishes nothing either; the field's message says which of the two it was.
const nothingFound: ReadonlySet<string> = new Set(['oauth_server.not_discovered', 'oauth_server.unreachable']);

/** Finds out how MCP servers are authorized. */
@Injectable()
export class OauthDiscoveryService {
  constructor(private readonly egress: Egress) {}

  /**
   * The authorization server of an MCP server, with no more than 20 s of asking.
   * @throws AppError `oauth.url_not_allowed` (400), `oauth.endpoints_not_discovered` (404) when nothing is published or
   * nobody answers, and those of `oauthErrors` when what is published must not be used.
   */
  async discover(mcpUrl: string): Promise<DiscoveredServer> {
    if (mcpUrl.trim() === '') throw oauthServersErrors.urlRequired();
    const { policy } = this.egress;
    const check = checkEndpoint(mcpUrl, policy);
    if (!check.ok) throw oauthServersErrors.urlNotAllowed({ params: { reason: check.reason } });
    const fetch = this.egress.fetcher({ purpose: 'oauth.discovery', deadlineMs: 8_000 });
    const allowed = (url: string) => checkSecureEndpoint(url, policy).ok;
    try {
      return await discoverServer(check.url, { fetch, allowed });
    } catch (error) {
      throw translated(error);
    }
  }

  /** The same, as the operation answers it. */
  async describe(mcpUrl: string): Promise<DiscoveredOauthResponse> {
    const server = await this.discover(mcpUrl);
    return {
      auth_url: server.authorizationEndpoint,
      token_url: server.tokenEndpoint,
      registration_endpoint: server.registrationEndpoint ?? '',
      scopes: server.scopes.join(' '),
      supports_dcr: server.registrationEndpoint !== null,
      supports_pkce: server.pkceS256,
      supports_cimd: server.clientIdMetadataDocumentSupported,
      issuer: server.issuer,
      resource: server.resource,
      source: server.source,
    };
  }
}

function translated(error: unknown): unknown {
  const refusal = findRefusal(error);
  if (refusal) return oauthServersErrors.urlNotAllowed({ params: { reason: refusal.reason }, cause: error });
  if (!(error instanceof AppError) || !nothingFound.has(error.code)) return error;
  const fields = [{ field: 'mcp_url', code: 'not_discovered', message: error.message }];
  return oauthServersErrors.endpointsNotDiscovered({ fields });
}
