import { Injectable } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import { Transactions, type WorkspaceScope } from '#kernel';
import type { DefaultConnector, StoredDefaultConnector } from './composio-bindings.types.js';
import { type ComposioLease, ComposioLeasesService } from './composio-leases.service.js';
import { ComposioWorkspacesRepository } from './composio-workspaces.repository.js';
import { ManagedKeyRepository } from './managed-key.repository.js';

/** The default connector as it is stored here. */
@Injectable()
export class StoredDefaultService {
  constructor(
    private readonly workspaces: ComposioWorkspacesRepository,
    private readonly key: ManagedKeyRepository,
    private readonly leases: ComposioLeasesService,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
  ) {}

  /** Null while none is set up. */
  find(scope: WorkspaceScope): Promise<StoredDefaultConnector | null> {
    return this.workspaces.findDefault(scope);
  }

  /** Sets it, unless the lease was lost. @throws AppError `composio_binding.overtaken`. */
  set(scope: WorkspaceScope, lease: ComposioLease, connector: Omit<DefaultConnector, 'keyId'>): Promise<void> {
    const { workspaceId } = scope;
    return this.transactions.run(async () => {
      await this.leases.fence(lease);
      await this.workspaces.setDefault(scope, { ...connector, keyId: await this.key.ensure(scope) });
      await this.audit.record(scope, {
        action: 'composio_default.update',
        entityType: 'WORKSPACE',
        entityId: workspaceId,
        metadata: { user_id: connector.userId, server_id: connector.serverId },
      });
    });
  }
}
