import { Injectable } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import { AppError, type CallerScope, Transactions } from '#kernel';
import { OauthFlowsRepository } from './oauth-flows.repository.js';
import type { Flow } from './oauth-flows.types.js';

/** Writes down how flows went wrong. */
@Injectable()
export class FlowFailures {
  constructor(
    private readonly flows: OauthFlowsRepository,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
  ) {}

  /** Ends a flow with an error, unless it has ended. */
  async end(scope: CallerScope, flow: Flow, error: unknown): Promise<void> {
    const failureCode = codeOfFailure(error);
    await this.transactions.run(async () => {
      if (!(await this.flows.fail(flow.id, failureCode))) return;
      // Sentences of the house are fit for anybody; those of other errors are not.
      const reason = error instanceof AppError ? error.message : null;
      await this.#record(scope, flow, 'oauth.fail', { failureCode, reason });
    });
  }

  /** Notes that somebody other than the initiator tried to finish a flow. The flow stays as it is. */
  noteMismatch(scope: CallerScope, flow: Flow): Promise<void> {
    return this.#record(scope, flow, 'oauth.session_mismatch', { initiatedBy: flow.userId });
  }

  #record(scope: CallerScope, flow: Flow, action: string, more: Record<string, unknown>): Promise<void> {
    const { workspaceId, credentialId, delivery } = flow;
    return this.audit.record(scope, {
      action,
      entityType: 'OAUTH_FLOW',
      entityId: flow.id,
      workspaceId,
      metadata: { credentialId, delivery, ...more },
    });
  }
}

/** The code that a flow keeps of an error. */
export function codeOfFailure(error: unknown): string {
  return error instanceof AppError ? error.code : 'http.internal';
}
