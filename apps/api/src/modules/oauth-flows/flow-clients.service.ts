import { Injectable } from '@nestjs/common';
import { raise, type WorkspaceScope } from '#kernel';
import { type OauthClient, oauthErrors } from '#oauth';
import { OauthClientsService } from '../oauth-servers/oauth-clients.service.js';
import { OauthDiscoveryService } from '../oauth-servers/oauth-discovery.service.js';
import type { KnownClient } from '../oauth-servers/oauth-servers.types.js';
import type { FlowCredential, OauthFacts } from './flow-credentials.repository.js';
import { FlowCredentials } from './flow-credentials.service.js';
import { FlowRedirects } from './flow-redirects.service.js';
import type { FlowSettings } from './flow-settings.js';
import { oauthFlowErrors } from './oauth-flows.errors.js';

/** The client that a code is exchanged as, and what the credential has to be told of it. */
export interface FlowClient {
  client: OauthClient;
  facts: Partial<OauthFacts>;
}

/** As whom flows ask: the credential's own client, or a new one where we made the old one and it has ended. */
@Injectable()
export class FlowClients {
  constructor(
    private readonly credentials: FlowCredentials,
    private readonly clients: OauthClientsService,
    private readonly discovery: OauthDiscoveryService,
    private readonly redirects: FlowRedirects,
  ) {}

  /**
   * The id of a new client for a flow whose answer comes to our callback; null where the credential's own will do. One that
   * a person registered always does. The credential keeps the old client until the flow brings tokens. May ask the server:
   * call it outside transactions.
   * @throws AppError of `oauthErrors` when the server registers no new one.
   */
  async renewedId(scope: WorkspaceScope, credential: FlowCredential, redirectUri: string): Promise<string | null> {
    const { oauthClientRedirectUri: madeFor, oauthClientExpiresAt, oauthResource, oauthIssuer } = credential;
    if (madeFor === null || oauthResource === null || redirectUri !== this.redirects.own) return null;
    if (!this.clients.isOutdated(madeFor, oauthClientExpiresAt, redirectUri)) return null;
    const server = await this.discovery.discover(oauthResource);
    // Another server than the one that knows the account: what the credential says is to be changed by a person.
    if (server.issuer !== oauthIssuer) return null;
    const { host } = new URL(server.tokenEndpoint);
    const client =
      (await this.clients.clientFor(scope, server, redirectUri)) ??
      raise(oauthErrors.registrationUnsupported({ params: { host } }));
    return client.clientId === credential.oauthClientId ? null : client.clientId;
  }

  /** The client of a flow. @throws AppError `oauth.configuration_changed` when its new one was replaced meanwhile. */
  async ofFlow(
    scope: WorkspaceScope,
    credential: FlowCredential,
    settings: FlowSettings,
    renewedId: string | null,
  ): Promise<FlowClient> {
    if (renewedId === null) {
      const client = await this.credentials.clientOf(credential, settings);
      return { client, facts: { oauthTokenAuthMethod: client.authMethod } };
    }
    const { own } = this.redirects;
    const client =
      (await this.clients.find(scope, settings, own, renewedId)) ?? raise(oauthFlowErrors.configurationChanged());
    return { client, facts: await this.factsOf(credential, client) };
  }

  /** What a credential is told of a client of ours. */
  async factsOf(credential: FlowCredential, client: KnownClient): Promise<Partial<OauthFacts>> {
    return {
      oauthClientId: client.clientId,
      sealedOauthClientSecret: await this.credentials.sealSecret(credential, client.clientSecret),
      oauthTokenAuthMethod: client.authMethod,
      oauthClientRedirectUri: client.origin === 'manual' ? null : this.redirects.own,
      oauthClientExpiresAt: client.secretExpiresAt,
    };
  }
}
