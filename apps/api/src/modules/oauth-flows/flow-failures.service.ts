import { Injectable } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import { AppError, type CallerScope, Transactions, type WorkspaceScope } from '#kernel';
import { OauthFlowsRepository } from './oauth-flows.repository.js';
import type { Flow, LostTokens } from './oauth-flows.types.js';

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
      await this.#record(scope, flow, 'oauth.fail', { failureCode, reason: wordsOf(error) });
    });
  }

  /** The same where tokens had been issued already. Both logs are told of them, also when the flow itself is gone. */
  async endLosing(
    scope: WorkspaceScope,
    { flow, credential }: { flow: Flow | null; credential: { id: string; name: string } },
    error: unknown,
    lostTokens: LostTokens,
  ): Promise<void> {
    const failureCode = codeOfFailure(error);
    await this.transactions.run(async () => {
      if (flow !== null && (await this.flows.fail(flow.id, failureCode, lostTokens)))
        await this.#record(scope, flow, 'oauth.fail', { failureCode, reason: wordsOf(error) });
      await this.audit.record(scope, {
        action: 'oauth.tokens_lost',
        entityType: 'CREDENTIAL',
        entityId: credential.id,
        entityName: credential.name,
        metadata: { flowId: flow?.id ?? null, failureCode, outcome: lostTokens },
      });
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

// Sentences of the house are fit for anybody; those of other errors are not.
function wordsOf(error: unknown): string | null {
  return error instanceof AppError ? error.message : null;
}

/** The code that a flow keeps of an error. */
export function codeOfFailure(error: unknown): string {
  return error instanceof AppError ? error.code : 'http.internal';
}
