import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import { FlowClients } from './flow-clients.service.js';
import type { McpConnection, McpServerWish } from './flow-connection.types.js';
import { FlowCredentials } from './flow-credentials.service.js';
import { FlowRedirects } from './flow-redirects.service.js';
import { FlowStart } from './flow-start.service.js';
import { McpConnections } from './mcp-connections.service.js';
import type { FlowWish, StartedFlow } from './oauth-flows.types.js';

/** Starting authorizations, for requests and for features that connect servers. */
@Injectable()
export class OauthFlowsService {
  constructor(
    private readonly credentials: FlowCredentials,
    private readonly clients: FlowClients,
    private readonly redirects: FlowRedirects,
    private readonly starts: FlowStart,
    private readonly connections: McpConnections,
  ) {}

  /**
   * Starts a flow for a credential. Where we made its client ourselves and that has ended, the server is asked for another:
   * call it outside transactions.
   * @throws AppError 404 for the credential, 400 for its configuration, 422 for a redirect URI that is not registered.
   */
  async start(scope: WorkspaceScope, wish: FlowWish): Promise<StartedFlow> {
    const credential = await this.credentials.get(scope, wish.credentialId);
    this.credentials.settingsOf(credential);
    const redirectUri = wish.redirectUri ?? this.redirects.own;
    await this.redirects.require(scope, redirectUri);
    const renewedClientId = await this.clients.renewedId(scope, credential, redirectUri);
    const { delivery, target, browserHash = null } = wish;
    const judged = { delivery, redirectUri, target, browserHash, renewedClientId };
    return this.starts.begin(scope, credential, judged);
  }

  /** The same with a redirect URI that a caller may have given: an answer that does not come to us, the caller brings. */
  initiate(
    scope: WorkspaceScope,
    credentialId: string,
    given: string | null,
    browserHash: string,
  ): Promise<StartedFlow> {
    const redirectUri = given || this.redirects.own;
    const delivery = redirectUri === this.redirects.own ? 'callback' : 'client';
    return this.start(scope, { credentialId, delivery, redirectUri, target: null, browserHash });
  }

  /** Connects an MCP server from its URL on; see {@link McpConnections.connect}. */
  connectMcpServer(scope: WorkspaceScope, wish: McpServerWish): Promise<McpConnection> {
    return this.connections.connect(scope, wish);
  }
}
