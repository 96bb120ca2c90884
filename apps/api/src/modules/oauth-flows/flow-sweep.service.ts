import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock, Transactions, type WorkspaceScope } from '#kernel';
import { RepeatingTask } from '../../platform/repeating-task.js';
import { CredentialRemovalService } from '../credentials/credential-removal.service.js';
import { type AbandonedCredential, FlowCredentialsRepository } from './flow-credentials.repository.js';
import { OauthFlowsRepository } from './oauth-flows.repository.js';

const everyMs = 5 * 60_000;
// An exchange may still be under way when its flow's time is over.
const graceMs = 60_000;
const credentialsKeptMs = 3_600_000;
const flowsKeptMs = 7 * 24 * 3_600_000;

/** What one sweep did, in rows. */
export interface FlowSweepCounts {
  expired: number;
  credentials: number;
  forgotten: number;
}

/**
 * Ends flows that nobody finished, removes credentials that were made for one and never connected within an hour, and
 * forgets flows a week after their end. Several replicas may sweep at once. Tests call `runOnce`.
 */
@Injectable()
export class FlowSweepService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #task = new RepeatingTask(
    'oauth-flows',
    () => everyMs,
    () => this.runOnce(),
  );

  constructor(
    private readonly flows: OauthFlowsRepository,
    private readonly credentials: FlowCredentialsRepository,
    private readonly removal: CredentialRemovalService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.#task.start();
  }

  /** Starts nothing any more, and lets what is under way finish. */
  beforeApplicationShutdown(): Promise<void> {
    return this.#task.stop();
  }

  /** One sweep: every overdue flow, and at most a hundred credentials. */
  async runOnce(): Promise<FlowSweepCounts> {
    const expired = await this.flows.expire(this.#ago(graceMs), 'oauth.state_expired');
    let credentials = 0;
    for (const abandoned of await this.credentials.findAbandoned(this.#ago(credentialsKeptMs))) {
      if (await this.#remove(abandoned)) credentials += 1;
    }
    return { expired, credentials, forgotten: await this.flows.forget(this.#ago(flowsKeptMs)) };
  }

  // Looked at once more under a lock: somebody may have begun to connect it again.
  #remove({ id, workspaceId, flowId }: AbandonedCredential): Promise<boolean> {
    return this.transactions.run(async () => {
      if (!(await this.credentials.isAbandoned({ workspaceId }, id, flowId))) return false;
      const cause = { action: 'oauth.expire', entityId: flowId };
      return (await this.removal.removeUnused(ourScope(workspaceId), [id], cause)).length > 0;
    });
  }

  #ago(ms: number): Date {
    return new Date(this.clock.now().getTime() - ms);
  }
}

// The product itself, which no guard has let in.
function ourScope(workspaceId: string): WorkspaceScope {
  return {
    workspaceId,
    role: 'OWNER',
    capabilities: [],
    revision: 0n,
    actor: { kind: 'internal', userId: null, email: null, tokenId: null, sessionId: null, tokenScopes: null },
    origin: { ip: null, userAgent: null, requestId: 'oauth-flow-sweep' },
  };
}
