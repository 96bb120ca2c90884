import { Transactions } from '#kernel';
import { ProductProcess, type SeededMember, startTestApp, type TestApp } from '#testing';
import { DeliveriesService } from '../../../apps/api/src/modules/deliveries/deliveries.service.js';
import type { SentMessage } from '../../../apps/api/src/modules/deliveries/deliveries.types.js';
import { Receiver } from '../../../apps/api/src/modules/deliveries/receiver.fixture.js';

const shared = { EGRESS_ALLOW: '127.0.0.1', ENCRYPTION_KEY: '0'.repeat(64) };

/** Replicas of the product in processes of their own, on the database of a test, and a receiver of what they post. */
export class Replicas {
  readonly #processes: ProductProcess[] = [];

  private constructor(
    /** Runs no jobs itself: what is sent here is posted by the replicas. */
    readonly test: TestApp,
    readonly receiver: Receiver,
  ) {}

  static async prepare(): Promise<Replicas> {
    const [test, receiver] = await Promise.all([startTestApp({ env: shared }), Receiver.start('')]);
    return new Replicas(test, receiver);
  }

  /** Starts one more. */
  async start(): Promise<ProductProcess> {
    const { url } = this.test.database;
    const started = await ProductProcess.start({ ...shared, DATABASE_URL: url, LOG_LEVEL: 'warn' });
    this.#processes.push(started);
    return started;
  }

  /** A new workspace whose deliveries go to the receiver, at this path. */
  async workspace(path = ''): Promise<SeededMember> {
    const owner = await this.test.seed.workspace();
    const made = await this.test.as(owner).PUT('/api/v1/workspaces/{workspaceId}/delivery-endpoint', {
      params: { path: { workspaceId: owner.workspaceId } },
      body: { url: `${this.receiver.url}${path}` },
    });
    this.receiver.secret = made.data?.secret ?? '';
    return owner;
  }

  /** Sends messages to the workspace's agent, in this order. */
  send({ workspaceId }: SeededMember, texts: readonly string[]): Promise<SentMessage[]> {
    const messages = texts.map((text) => ({
      workspaceId,
      agentId: null,
      messageId: text,
      text,
      origin: { kind: 'manual' as const, id: text },
      triggeredBy: null,
      at: this.test.clock.now(),
    }));
    const deliveries = this.test.app.get(DeliveriesService, { strict: false });
    return this.test.app.get(Transactions, { strict: false }).run(() => deliveries.sendMessages(messages));
  }

  async close(): Promise<void> {
    for (const process of this.#processes) await process.kill();
    await this.receiver.stop();
    await this.test.close();
  }
}
