import { Injectable } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import { Transactions, type WorkspaceScope } from '#kernel';
import { ChangeFenceService, type ChangeGround } from './change-fence.service.js';
import type { DefaultConnector, StoredDefaultConnector } from './composio-bindings.types.js';
import type { ComposioLease } from './composio-leases.service.js';
import { ComposioWorkspacesRepository } from './composio-workspaces.repository.js';
import { ManagedKeyRepository } from './managed-key.repository.js';

/** The default connector as it is stored here. */
@Injectable()
export class StoredDefaultService {
  constructor(
    private readonly workspaces: ComposioWorkspacesRepository,
    private readonly key: ManagedKeyRepository,
    private readonly fence: ChangeFenceService,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
  ) {}

  /** Null while none is set up. */
  find(scope: WorkspaceScope): Promise<StoredDefaultConnector | null> {
    return this.workspaces.findDefault(scope);
  }

  /** Sets it, unless the lease was lost or the key changed. @throws AppError 409. */
  set(scope: WorkspaceScope, ground: ChangeGround, connector: Omit<DefaultConnector, 'keyId'>): Promise<void> {
    const { workspaceId } = scope;
    return this.transactions.run(async () => {
      await this.fence.hold(ground);
      await this.workspaces.setDefault(scope, { ...connector, keyId: await this.key.ensure(scope) });
      await this.audit.record(scope, {
        action: 'composio_default.update',
        entityType: 'WORKSPACE',
        entityId: workspaceId,
        metadata: { user_id: connector.userId, server_id: connector.serverId },
      });
    });
  }

  /** Unsets it; again changes nothing. @throws AppError `composio_binding.overtaken`. */
  remove(scope: WorkspaceScope, lease: ComposioLease): Promise<void> {
    return this.transactions.run(async () => {
      await this.fence.holdLease(lease);
      if (!(await this.workspaces.unsetDefault(scope))) return;
      const entity = { entityType: 'WORKSPACE', entityId: scope.workspaceId };
      await this.audit.record(scope, { action: 'composio_default.delete', ...entity });
    });
  }
}
