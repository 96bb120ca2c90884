import { Injectable } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import { Transactions, type WorkspaceScope } from '#kernel';
import { ChangeFenceService, type ChangeGround } from './change-fence.service.js';
import { composioBindingErrors } from './composio-bindings.errors.js';
import { type AgentApps, ComposioBindingsRepository } from './composio-bindings.repository.js';
import type { ComposioLease } from './composio-leases.service.js';
import { ManagedKeyRepository } from './managed-key.repository.js';
import { OptOutsRepository } from './opt-outs.repository.js';

/** Agents' apps as they are stored here. */
@Injectable()
export class StoredAppsService {
  constructor(
    private readonly bindings: ComposioBindingsRepository,
    private readonly optOuts: OptOutsRepository,
    private readonly key: ManagedKeyRepository,
    private readonly fence: ChangeFenceService,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
  ) {}

  /** @throws AppError 404 for an agent that the workspace does not have, or has deleted. */
  async requireAgent(scope: WorkspaceScope, agentId: string): Promise<void> {
    if (!(await this.bindings.hasAgent(scope, agentId))) throw composioBindingErrors.agentNotFound();
  }

  /** @throws AppError 409 for an agent that has opted out. */
  async requireNoOptOut(scope: WorkspaceScope, agentId: string): Promise<void> {
    if (await this.optOuts.has(scope, agentId)) throw composioBindingErrors.optedOut({ params: { agentId } });
  }

  /**
   * Makes the apps the agent's only ones, in one transaction, unless the lease was lost, the key changed, the agent deleted or
   * opted out meanwhile. Rows of apps that stay keep their ids.
   */
  replace(scope: WorkspaceScope, ground: ChangeGround, wanted: Omit<AgentApps, 'keyId'>): Promise<void> {
    const { agentId, userId, apps } = wanted;
    return this.transactions.run(async () => {
      await this.fence.hold(ground);
      if (!(await this.bindings.holdAgent(scope, agentId))) throw composioBindingErrors.agentNotFound();
      await this.requireNoOptOut(scope, agentId);
      const all = { ...wanted, keyId: await this.key.ensure(scope) };
      const before = await this.bindings.findByAgent(scope, agentId);
      const kept = new Set(apps.map(({ toolkit }) => toolkit));
      const toolkits = before.map(({ toolkit }) => toolkit).filter((toolkit) => !kept.has(toolkit));
      const removed = await this.bindings.remove(scope, agentId, { toolkits });
      for (const app of apps) {
        const had = before.find(({ toolkit }) => toolkit === app.toolkit);
        if (had) await this.bindings.update(scope, all, had, app);
        else await this.bindings.insert(scope, all, app);
      }
      const facts = apps.map(({ toolkit, mode, tools }) => ({ toolkit, mode, tools: tools.length }));
      await this.#record(scope, agentId, 'composio_binding.bind', { user_id: userId, apps: facts, removed });
    });
  }

  /** Takes apps from the agent, in one transaction. Answers which. */
  remove(
    scope: WorkspaceScope,
    lease: ComposioLease,
    agentId: string,
    which: { toolkits: readonly string[] } | 'all',
  ): Promise<string[]> {
    return this.transactions.run(async () => {
      await this.fence.holdLease(lease);
      const removed = await this.bindings.remove(scope, agentId, which);
      if (removed.length > 0) await this.#record(scope, agentId, 'composio_binding.unbind', { removed });
      return removed;
    });
  }

  #record(scope: WorkspaceScope, agentId: string, action: string, metadata: Record<string, unknown>): Promise<void> {
    return this.audit.record(scope, { action, entityType: 'AGENT', entityId: agentId, metadata });
  }
}
