import { Injectable } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import { Transactions, type WorkspaceScope } from '#kernel';
import { composioBindingErrors } from './composio-bindings.errors.js';
import { ComposioBindingsRepository } from './composio-bindings.repository.js';
import type { ComposioOptOutResponse } from './dto/composio-opt-out.response.js';
import { OptOutsRepository } from './opt-outs.repository.js';

/** Agents that get nothing of Composio: neither their own apps, which stay as they are, nor the default connector. */
@Injectable()
export class OptOutsService {
  constructor(
    private readonly optOuts: OptOutsRepository,
    private readonly bindings: ComposioBindingsRepository,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
  ) {}

  /** Opts the agent out. Again changes nothing. @throws AppError `composio_binding.agent_not_found`. */
  optOut(scope: WorkspaceScope, agentId: string): Promise<ComposioOptOutResponse> {
    return this.#set(scope, agentId, true);
  }

  /** Ends the opt-out. Again changes nothing. @throws AppError `composio_binding.agent_not_found`. */
  optIn(scope: WorkspaceScope, agentId: string): Promise<ComposioOptOutResponse> {
    return this.#set(scope, agentId, false);
  }

  #set(scope: WorkspaceScope, agentId: string, optedOut: boolean): Promise<ComposioOptOutResponse> {
    return this.transactions.run(async () => {
      if (!(await this.bindings.holdAgent(scope, agentId))) throw composioBindingErrors.agentNotFound();
      const hasChanged = optedOut
        ? await this.optOuts.insert(scope, agentId)
        : await this.optOuts.remove(scope, agentId);
      if (hasChanged) {
        const action = optedOut ? 'composio_binding.opt_out' : 'composio_binding.opt_in';
        await this.audit.record(scope, { action, entityType: 'AGENT', entityId: agentId });
      }
      return { agent_id: agentId, opted_out: optedOut };
    });
  }
}
