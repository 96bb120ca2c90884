import { Injectable } from '@nestjs/common';
import { AuditLogService, redacted } from '#audit-log';
import { raise, Transactions, type WorkspaceScope } from '#kernel';
import type { DeletedResponse } from '../server-settings/dto/deleted.response.js';
import { agentBindingErrors } from './agent-bindings.errors.js';
import { AgentBindingsRepository } from './agent-bindings.repository.js';

/** Taking a binding away. */
@Injectable()
export class RemoveAgentBindingService {
  constructor(
    private readonly repository: AgentBindingsRepository,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
  ) {}

  /** Removes a binding, named by its id or by its server's. @throws AppError `agent_binding.not_found`. */
  remove(scope: WorkspaceScope, agentId: string, name: string): Promise<DeletedResponse> {
    return this.transactions.run(async () => {
      const before =
        (await this.repository.findNamedForUpdate(scope, agentId, name)) ?? raise(agentBindingErrors.notFound());
      await this.repository.remove(scope, before.id);
      const { server, credentialId, enabled } = before;
      await this.audit.record(scope, {
        action: 'agent_binding.delete',
        entityType: 'AGENT_BINDING',
        entityId: before.id,
        entityName: before.serverName,
        metadata: redacted({ agentId, server, credentialId, enabled }),
      });
      return { status: 'deleted' };
    });
  }
}
