import { Injectable } from '@nestjs/common';
import { AppConfig } from '#config';
import { Egress } from '#egress';
import { Clock, type Secret, type WorkspaceScope } from '#kernel';
import { type AuthorizationServer, type OauthClient, registerClient, type TokenAuthMethod } from '#oauth';
import { ClientMetadataService } from './client-metadata.service.js';
import { OauthClientStoreService } from './oauth-client-store.service.js';
import type { ClientKey, StoredClient } from './oauth-servers.types.js';

/** A secret that ends within this time is of no use to a flow that begins now. */
const spareMs = 15 * 60_000;

/** Us as a client of authorization servers: registered by hand, by our metadata document, or by asking them. */
@Injectable()
export class OauthClientsService {
  readonly #registering = new Map<string, Promise<OauthClient>>();

  constructor(
    private readonly store: OauthClientStoreService,
    private readonly metadata: ClientMetadataService,
    private readonly egress: Egress,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  /**
   * The client to use with a server for a redirect URI, in the order of the MCP specification: registered by hand (what
   * is `given` here is kept for the next time), our metadata document, an earlier or a new dynamic registration. Null:
   * somebody has to register an app there and give its client id. Call it outside of transactions: it may ask the server.
   * @throws AppError of `oauthErrors` when the server refuses or fails to register a client.
   */
  async clientFor(
    scope: WorkspaceScope,
    server: AuthorizationServer,
    redirectUri: string,
    given?: { clientId: string; clientSecret: Secret | null },
  ): Promise<OauthClient | null> {
    const key = { issuer: server.issuer ?? server.tokenEndpoint, redirectUri };
    const stored = await this.store.find(scope, key);
    if (given)
      return this.#keepGiven(scope, key, { ...given, authMethod: methodFor(server, given.clientSecret) }, stored);
    if (stored?.origin === 'manual') return this.store.open(scope, stored);
    const described = server.clientIdMetadataDocumentSupported ? this.metadata.findClient(redirectUri) : null;
    if (described) return described;
    if (stored && !this.#isExpiring(stored)) return this.store.open(scope, stored);
    return server.registrationEndpoint ? this.#registered(scope, key, server, stored) : null;
  }

  async #keepGiven(scope: WorkspaceScope, key: ClientKey, client: OauthClient, stored: StoredClient | null) {
    const made = { origin: 'manual' as const, client, secretExpiresAt: null };
    if (!(await this.#isSame(scope, stored, client))) await this.store.keep(scope, key, made, stored);
    return client;
  }

  async #isSame(scope: WorkspaceScope, stored: StoredClient | null, client: OauthClient): Promise<boolean> {
    if (stored?.origin !== 'manual' || stored.clientId !== client.clientId) return false;
    if (stored.tokenAuthMethod !== client.authMethod) return false;
    const opened = await this.store.open(scope, stored);
    return opened.clientSecret?.reveal() === client.clientSecret?.reveal();
  }

  // Within this process one registration serves all who wait for it; between processes the first row stays.
  #registered(
    scope: WorkspaceScope,
    key: ClientKey,
    server: AuthorizationServer,
    stored: StoredClient | null,
  ): Promise<OauthClient> {
    const flight = JSON.stringify([scope.workspaceId, key.issuer, key.redirectUri]);
    const running = this.#registering.get(flight);
    if (running) return running;
    const started = this.#register(scope, key, server, stored).finally(() => this.#registering.delete(flight));
    this.#registering.set(flight, started);
    return started;
  }

  async #register(scope: WorkspaceScope, key: ClientKey, server: AuthorizationServer, stored: StoredClient | null) {
    const metadata = { redirectUris: [key.redirectUri], scope: null, clientUri: this.config.http.publicUrl };
    const fetch = this.egress.fetcher({ purpose: 'oauth.register', deadlineMs: 15_000 });
    const { secretExpiresAt, ...client } = await registerClient(server, metadata, fetch);
    const kept = await this.store.keep(scope, key, { origin: 'dynamic', client, secretExpiresAt }, stored);
    return this.store.open(scope, kept);
  }

  #isExpiring({ secretExpiresAt }: StoredClient): boolean {
    return secretExpiresAt !== null && secretExpiresAt.getTime() - spareMs <= this.clock.now().getTime();
  }
}

function methodFor(server: AuthorizationServer, secret: Secret | null): TokenAuthMethod {
  if (secret === null) return 'none';
  return server.tokenAuthMethods.find((method) => method !== 'none') ?? 'client_secret_basic';
}
