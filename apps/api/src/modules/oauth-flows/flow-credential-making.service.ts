import { Injectable } from '@nestjs/common';
import { Ids, raise, type WorkspaceScope } from '#kernel';
import type { DiscoveredServer } from '#oauth';
import { ConnectableCredentialService } from '../credentials/connectable-credential.service.js';
import type { KnownClient } from '../oauth-servers/oauth-servers.types.js';
import { type FlowCredential, FlowCredentialsRepository } from './flow-credentials.repository.js';
import { FlowRedirects } from './flow-redirects.service.js';
import { oauthFlowErrors } from './oauth-flows.errors.js';

/** What was found out about a server that is to be connected. */
export interface ConnectionFacts {
  server: DiscoveredServer;
  /** Us, as its authorization server knows us. */
  client: KnownClient;
  /** To ask for, separated by spaces. */
  scopes: string | null;
}

/** Makes the credentials of connections that begin with a server's URL. */
@Injectable()
export class FlowCredentialMaking {
  constructor(
    private readonly creation: ConnectableCredentialService,
    private readonly repository: FlowCredentialsRepository,
    private readonly redirects: FlowRedirects,
    private readonly ids: Ids,
  ) {}

  /** Inserts a PENDING credential that is made for what this flow will make. Runs in the caller's transaction. */
  async make(
    scope: WorkspaceScope,
    serverName: string,
    flowId: string,
    { server, client, scopes }: ConnectionFacts,
  ): Promise<FlowCredential> {
    const id = this.ids.next();
    await this.creation.insert(scope, {
      id,
      name: `${serverName}-oauth-${id.slice(-5)}`,
      provider: server.provider?.toUpperCase() ?? 'NONE',
      clientId: client.clientId,
      clientSecret: client.clientSecret,
      authUrl: server.authorizationEndpoint,
      tokenUrl: server.tokenEndpoint,
      scopes,
    });
    await this.repository.update(scope, id, {
      oauthIssuer: server.issuer,
      oauthIssRequired: server.issParameterSupported,
      oauthResource: server.resource,
      oauthProvider: server.provider,
      oauthTokenAuthMethod: client.authMethod,
      oauthClientRedirectUri: client.origin === 'manual' ? null : this.redirects.own,
      oauthClientExpiresAt: client.secretExpiresAt,
      autoCreatedFor: flowId,
    });
    return (await this.repository.findById(scope, id)) ?? raise(oauthFlowErrors.credentialGone());
  }
}
