import { Injectable } from '@nestjs/common';
import { AppError, type WorkspaceScope } from '#kernel';
import { authorizationServerOfProvider, type DiscoveredServer, isProviderKey, providers } from '#oauth';
import { OauthClientsService } from '../oauth-servers/oauth-clients.service.js';
import { OauthDiscoveryService } from '../oauth-servers/oauth-discovery.service.js';
import type { KnownClient } from '../oauth-servers/oauth-servers.types.js';
import { ServerSettingsService } from '../server-settings/server-settings.service.js';
import { ConnectionStart } from './connection-start.service.js';
import type { McpConnection, McpServerWish } from './flow-connection.types.js';
import { FlowRedirects } from './flow-redirects.service.js';
import { oauthFlowErrors } from './oauth-flows.errors.js';

/** Codes that say that a server publishes nothing to go by, where a personal key is what is left. */
const nothingPublished: ReadonlySet<string> = new Set([
  'oauth.endpoints_not_discovered',
  'oauth_server.server_not_discovered',
  'oauth_server.unreachable',
]);

const notRegistered: ReadonlySet<string> = new Set([
  'oauth_server.registration_unsupported',
  'oauth_server.registration_refused',
  'oauth_server.registration_failed',
]);

const messages = {
  registrationFailed: 'Automatic registration not available. Please create an OAuth app and provide Client ID.',
  clientNeeded: "This provider requires a Client ID. Create an OAuth app in the provider's settings.",
} as const;

/** Connects MCP servers from their URL on: finds the authorization server, becomes its client, asks for consent. */
@Injectable()
export class McpConnections {
  constructor(
    private readonly discovery: OauthDiscoveryService,
    private readonly clients: OauthClientsService,
    private readonly settings: ServerSettingsService,
    private readonly redirects: FlowRedirects,
    private readonly starts: ConnectionStart,
  ) {}

  /**
   * Begins a connection, or says that somebody has to register an app first. Asks the server: call it outside transactions.
   * @throws AppError 400 for the URL or when nothing was discovered, 422 when what the server publishes must not be used.
   */
  async connect(scope: WorkspaceScope, wish: McpServerWish): Promise<McpConnection> {
    this.settings.checkEndpoint(wish.url);
    const server = await this.#serverOf(wish);
    const scopes = wish.scopes?.trim() || server.scopes.join(' ');
    const needed = (message: string): McpConnection => ({
      status: 'needs_client_id',
      authUrl: server.authorizationEndpoint,
      tokenUrl: server.tokenEndpoint,
      scopes,
      message,
    });
    let client: KnownClient | null;
    try {
      client = await this.clients.clientFor(scope, server, this.redirects.own, wish.client);
    } catch (error) {
      if (error instanceof AppError && notRegistered.has(error.code)) return needed(messages.registrationFailed);
      throw error;
    }
    if (client === null) return needed(messages.clientNeeded);
    return this.starts.start(scope, wish, { server, client, scopes: scopes || null });
  }

  async #serverOf({ url, providerHint }: McpServerWish): Promise<DiscoveredServer> {
    const hint = providerHint?.trim().toLowerCase() ?? '';
    if (isProviderKey(hint)) {
      const scopes = providers[hint].defaultScopes.split(' ').filter(Boolean);
      return {
        ...authorizationServerOfProvider(hint),
        resource: null,
        scopes,
        source: 'known_provider',
        provider: hint,
      };
    }
    try {
      return await this.discovery.discover(url);
    } catch (error) {
      if (error instanceof AppError && nothingPublished.has(error.code))
        throw oauthFlowErrors.cannotDiscover({ cause: error });
      throw error;
    }
  }
}
