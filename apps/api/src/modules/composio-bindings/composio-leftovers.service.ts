import { Injectable } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import { type Page, type PageRequest, raise, Transactions, type WorkspaceScope } from '#kernel';
import { ComposioKeys } from '../composio-settings/composio-keys.service.js';
import type { DeletedResponse } from '../server-settings/dto/deleted.response.js';
import { composioBindingErrors } from './composio-bindings.errors.js';
import { ComposioLeasesService } from './composio-leases.service.js';
import { ComposioServersRepository } from './composio-servers.repository.js';
import type { ComposioLeftoverResponse } from './dto/composio-leftover.response.js';
import type { RetriedLeftoversResponse } from './dto/retried-leftovers.response.js';
import { LeftoversService } from './leftovers.service.js';

/** What is left at Composio without use, for people. */
@Injectable()
export class ComposioLeftoversService {
  constructor(
    private readonly servers: ComposioServersRepository,
    private readonly leftovers: LeftoversService,
    private readonly leases: ComposioLeasesService,
    private readonly keys: ComposioKeys,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
  ) {}

  /** One page, oldest first. */
  async list(scope: WorkspaceScope, page: PageRequest): Promise<Page<ComposioLeftoverResponse>> {
    const { items, total } = await this.servers.findLeftoverPage(scope, page);
    return {
      items: items.map((row) => ({
        id: row.id,
        name: row.name,
        toolkit: row.toolkit,
        mcp_server_id: row.upstreamId,
        failures: row.failures,
        last_error: row.lastError,
        next_attempt_at: row.nextAttemptAt.toISOString(),
        created_at: row.createdAt.toISOString(),
      })),
      total,
    };
  }

  /** Tries now to delete them, whether their moment has come or not. @throws AppError 400 without a key, 409 when busy. */
  async retry(scope: WorkspaceScope): Promise<RetriedLeftoversResponse> {
    const access = await this.keys.require(scope);
    return this.leases.run(scope, (lease) => this.leftovers.remove(lease, access, { due: false }));
  }

  /**
   * Forgets one without asking Composio: for what somebody deleted there, or what is in a project whose key is gone.
   * @throws AppError `composio_binding.leftover_not_found`, 409 when busy.
   */
  async dismiss(scope: WorkspaceScope, id: string): Promise<DeletedResponse> {
    await this.leases.run(scope, (lease) =>
      this.transactions.run(async () => {
        await this.leases.fence(lease);
        const name = (await this.servers.remove(scope, id)) ?? raise(composioBindingErrors.leftoverNotFound());
        const entry = { action: 'composio_leftover.dismiss', entityType: 'COMPOSIO_SERVER', entityId: id };
        await this.audit.record(scope, { ...entry, entityName: name });
      }),
    );
    return { status: 'deleted' };
  }
}
