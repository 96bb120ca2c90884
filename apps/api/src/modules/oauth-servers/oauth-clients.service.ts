import { Injectable, Logger } from '@nestjs/common';
import { AppConfig } from '#config';
import { Egress } from '#egress';
import { AppError, Clock, type Secret, type WorkspaceScope } from '#kernel';
import {
  type AuthorizationServer,
  type ClientManagement,
  deleteClient,
  type OauthClient,
  registerClient,
  type TokenAuthMethod,
} from '#oauth';
import { ClientMetadataService } from './client-metadata.service.js';
import { OauthClientStoreService } from './oauth-client-store.service.js';
import type { ClientKey, KnownClient, StoredClient } from './oauth-servers.types.js';

/** A secret that ends within this time is of no use to a flow that begins now. */
const spareMs = 15 * 60_000;

/** Us as a client of authorization servers: registered by hand, by our metadata document, or by asking them. */
@Injectable()
export class OauthClientsService {
  readonly #log = new Logger('oauth-servers');
  readonly #registering = new Map<string, Promise<KnownClient>>();

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
  ): Promise<KnownClient | null> {
    const key = keyOf(server, redirectUri);
    const stored = await this.store.find(scope, key);
    if (given)
      return this.#keepGiven(scope, key, { ...given, authMethod: methodFor(server, given.clientSecret) }, stored);
    if (stored?.origin === 'manual') return this.store.open(scope, stored);
    const described = server.clientIdMetadataDocumentSupported ? this.metadata.findClient(redirectUri) : null;
    if (described) return described;
    if (stored && !this.#isExpiring(stored)) return this.store.open(scope, stored);
    return server.registrationEndpoint ? this.#registered(scope, key, server, stored) : null;
  }

  /** The client of this id, when it is still the one that {@link clientFor} would answer. Asks nobody. */
  async find(
    scope: WorkspaceScope,
    server: Pick<AuthorizationServer, 'issuer' | 'tokenEndpoint'>,
    redirectUri: string,
    clientId: string,
  ): Promise<KnownClient | null> {
    const stored = await this.store.find(scope, keyOf(server, redirectUri));
    if (stored?.clientId === clientId) return this.store.open(scope, stored);
    const described = this.metadata.findClient(redirectUri);
    return described?.clientId === clientId ? described : null;
  }

  /** Whether a client of ours is of no use any more: made for another redirect URI, or about to end. */
  isOutdated(madeFor: string, expiresAt: Date | null, redirectUri: string): boolean {
    return madeFor !== redirectUri || this.#isExpiring({ secretExpiresAt: expiresAt });
  }

  async #keepGiven(scope: WorkspaceScope, key: ClientKey, client: OauthClient, stored: StoredClient | null) {
    const made = { origin: 'manual' as const, client, secretExpiresAt: null };
    if (!(await this.#isSame(scope, stored, client))) await this.store.keep(scope, key, made, stored);
    return { ...client, origin: made.origin, secretExpiresAt: null };
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
  ): Promise<KnownClient> {
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
    const { secretExpiresAt, management, ...client } = await registerClient(server, metadata, fetch);
    let kept: StoredClient | null = null;
    try {
      kept = await this.store.keep(scope, key, { origin: 'dynamic', client, secretExpiresAt }, stored);
    } finally {
      if (kept?.clientId !== client.clientId) await this.#forget(management);
    }
    return this.store.open(scope, kept);
  }

  // A registration that is not the one that counts is of no use to anybody, and nobody would know of it.
  async #forget(management: ClientManagement | null): Promise<void> {
    if (management === null) return;
    try {
      await deleteClient(management, this.egress.fetcher({ purpose: 'oauth.register', deadlineMs: 5_000 }));
    } catch (error) {
      this.#log.warn(
        `a registration that lost a race stays: ${error instanceof AppError ? error.message : 'no answer'}`,
      );
    }
  }

  #isExpiring({ secretExpiresAt }: Pick<StoredClient, 'secretExpiresAt'>): boolean {
    return secretExpiresAt !== null && secretExpiresAt.getTime() - spareMs <= this.clock.now().getTime();
  }
}

function keyOf(server: Pick<AuthorizationServer, 'issuer' | 'tokenEndpoint'>, redirectUri: string): ClientKey {
  return { issuer: server.issuer ?? server.tokenEndpoint, redirectUri };
}

function methodFor(server: AuthorizationServer, secret: Secret | null): TokenAuthMethod {
  if (secret === null) return 'none';
  return server.tokenAuthMethods.find((method) => method !== 'none') ?? 'client_secret_basic';
}
