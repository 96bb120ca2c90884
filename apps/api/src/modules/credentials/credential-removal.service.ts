import { Injectable } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import { Clock, Transactions, type WorkspaceScope } from '#kernel';
import { CredentialEventsRepository } from './credential-events.repository.js';
import { CredentialRemovalRepository } from './credential-removal.repository.js';
import { credentialErrors } from './credentials.errors.js';
import { CredentialsRepository } from './credentials.repository.js';

/** The change that a credential went with. */
export interface CauseOfRemoval {
  /** Audit action of that change. */
  action: string;
  entityId: string;
}

/** Deleting credentials: the row stays for the audit log, its secrets do not. */
@Injectable()
export class CredentialRemovalService {
  constructor(
    private readonly credentials: CredentialsRepository,
    private readonly removal: CredentialRemovalRepository,
    private readonly events: CredentialEventsRepository,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Deletes one credential. @throws AppError `credential.not_found`, `credential.managed`. */
  remove(scope: WorkspaceScope, id: string): Promise<{ success: true }> {
    return this.transactions.run(async () => {
      await this.removal.lock(scope, [id]);
      const before = await this.credentials.findRefAndHold(scope, id);
      if (!before) throw credentialErrors.notFound();
      if (before.managedBy !== null) throw credentialErrors.managed();
      const ties = await this.#removeAll(scope, [id]);
      await this.audit.record(scope, {
        action: 'credential.delete',
        entityType: 'CREDENTIAL',
        entityId: id,
        entityName: before.name,
        metadata: { bindings: ties.bindings, servers: ties.servers, grants: ties.grants },
      });
      return { success: true };
    });
  }

  /** Live credentials that were made for these integrations. Ask before the integrations are gone. */
  findMadeFor(scope: WorkspaceScope, integrationIds: readonly string[]): Promise<string[]> {
    return this.removal.findMadeFor(scope, integrationIds);
  }

  /**
   * Deletes those of the credentials that no binding, server, grant or crew link uses any more, and answers their ids. Runs in the
   * caller's transaction; each gets an audit row of its own that names the change it went with.
   */
  async removeUnused(scope: WorkspaceScope, ids: readonly string[], because: CauseOfRemoval): Promise<string[]> {
    if (ids.length === 0) return [];
    await this.removal.lock(scope, ids);
    const { removed } = await this.#removeAll(scope, await this.removal.findUnused(scope, ids));
    for (const { id, name } of removed) {
      await this.audit.record(scope, {
        action: 'credential.delete',
        entityType: 'CREDENTIAL',
        entityId: id,
        entityName: name,
        metadata: { because: because.action, entityId: because.entityId },
      });
    }
    return removed.map(({ id }) => id);
  }

  async #removeAll(scope: WorkspaceScope, given: readonly string[]) {
    const now = this.clock.now();
    const removed = await this.removal.markDeleted(scope, given, now);
    const ids = removed.map(({ id }) => id);
    const ties = await this.removal.removeTies(scope, ids, now);
    await this.events.insert(scope, ids, 'DELETED');
    return { removed, ...ties };
  }
}
