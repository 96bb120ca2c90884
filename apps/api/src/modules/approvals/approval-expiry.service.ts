import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import { AppConfig } from '#config';
import { type CallerScope, Clock, Transactions } from '#kernel';
import { RepeatingTask } from '../../platform/repeating-task.js';
import { ApprovalEventsService } from './approval-events.service.js';
import { ApprovalsRepository } from './approvals.repository.js';

const everyMs = 5_000;
const batch = 50;

/**
 * Writes down which requests ran out of time, and tells it once, whatever the number of replicas. Nothing waits for this:
 * reading and deciding look at the deadline themselves. Tests call `runOnce`.
 */
@Injectable()
export class ApprovalExpiryService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #task = new RepeatingTask(
    'approval-expiry',
    () => everyMs,
    () => this.runOnce(),
  );

  constructor(
    private readonly repository: ApprovalsRepository,
    private readonly events: ApprovalEventsService,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.jobs.mode === 'embedded') this.#task.start();
  }

  /** Starts nothing any more, and lets what is under way finish. */
  beforeApplicationShutdown(): Promise<void> {
    return this.#task.stop();
  }

  /** One sweep. Answers how many it settled. */
  async runOnce(): Promise<number> {
    let settled = 0;
    for (let count = batch; count === batch && !this.#task.stopping; settled += count) count = await this.#settle();
    return settled;
  }

  #settle(): Promise<number> {
    return this.transactions.run(async () => {
      const expired = await this.repository.expire(this.clock.now(), batch);
      for (const { id, action, workspaceId } of expired) {
        const entry = { entityType: 'APPROVAL', entityId: id, entityName: action.slice(0, 200), workspaceId };
        await this.audit.record(ourselves, { action: 'approval.expire', ...entry });
      }
      await this.events.expired(expired);
      return expired.length;
    });
  }
}

// The product itself, which no guard has let in.
const ourselves: CallerScope = {
  actor: { kind: 'internal', userId: null, email: null, tokenId: null, sessionId: null, tokenScopes: null },
  origin: { ip: null, userAgent: null, requestId: 'approval-expiry' },
};
