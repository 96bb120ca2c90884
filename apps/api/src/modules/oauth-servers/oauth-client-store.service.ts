import { Injectable } from '@nestjs/common';
import { AuditLogService, redacted } from '#audit-log';
import { Clock, Ids, type Secret, Transactions, type WorkspaceScope } from '#kernel';
import type { OauthClient } from '#oauth';
import { Vault } from '#vault';
import { OauthClientsRepository } from './oauth-clients.repository.js';
import type { ClientKey, KnownClient, StoredClient } from './oauth-servers.types.js';

/** Keeps the registrations of workspaces, their secrets sealed, one for each issuer and redirect URI. */
@Injectable()
export class OauthClientStoreService {
  constructor(
    private readonly repository: OauthClientsRepository,
    private readonly vault: Vault,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** The stored registration, also one whose secret has expired. */
  find(scope: Pick<WorkspaceScope, 'workspaceId'>, key: ClientKey): Promise<StoredClient | null> {
    return this.repository.find(scope, key);
  }

  /** Opens a stored registration. */
  async open(scope: Pick<WorkspaceScope, 'workspaceId'>, stored: StoredClient): Promise<KnownClient> {
    const { clientId, tokenAuthMethod: authMethod, sealedClientSecret, origin, secretExpiresAt } = stored;
    const clientSecret = sealedClientSecret && (await this.vault.open(sealedClientSecret, placeOf(scope, stored.id)));
    return { clientId, clientSecret: clientSecret || null, authMethod, origin, secretExpiresAt };
  }

  /**
   * Stores a registration in the place of `read`, or as the first. Where somebody else was faster, theirs stays and is
   * the one that counts from now on.
   */
  async keep(
    scope: WorkspaceScope,
    key: ClientKey,
    made: { origin: StoredClient['origin']; client: OauthClient; secretExpiresAt: Date | null },
    read: StoredClient | null,
  ): Promise<StoredClient> {
    const id = read?.id ?? this.ids.next();
    const { clientId, clientSecret, authMethod: tokenAuthMethod } = made.client;
    const { origin, secretExpiresAt } = made;
    return this.transactions.run(async () => {
      const sealedClientSecret = await this.#seal(scope, id, clientSecret);
      const row: StoredClient = { id, origin, clientId, sealedClientSecret, tokenAuthMethod, secretExpiresAt };
      const now = this.clock.now();
      const written = read
        ? await this.repository.replace(scope, read, row, now)
        : await this.repository.insertIfAbsent(scope, key, row, now);
      if (!written) return (await this.repository.find(scope, key)) ?? row;
      const entry = {
        action: 'oauth_client.register',
        entityType: 'OAUTH_CLIENT',
        entityId: id,
        entityName: key.issuer,
      };
      await this.audit.record(scope, { ...entry, metadata: redacted({ ...key, origin, clientId }) });
      return row;
    });
  }

  async #seal(scope: WorkspaceScope, id: string, secret: Secret | null): Promise<string | null> {
    return secret && (await this.vault.seal(secret, placeOf(scope, id)));
  }
}

function placeOf(scope: Pick<WorkspaceScope, 'workspaceId'>, rowId: string) {
  return { workspaceId: scope.workspaceId, table: 'oauth_clients', column: 'sealed_client_secret', rowId };
}
