import { Injectable } from '@nestjs/common';
import { AppConfig } from '#config';
import { Transactions } from '#kernel';
import { Turnstile } from '../../platform/turnstile.js';
import type { Delivery, LeasedLane } from './deliveries.types.js';
import { LaneKeepingService } from './lane-keeping.service.js';
import { LaneStepsRepository, type LaneView } from './lane-steps.repository.js';
import { LanesRepository } from './lanes.repository.js';

/** Many lanes are worked on at once, and requests want connections too: which share of them the lanes have at most. */
const shareOfConnections = 0.6;

/** Changes what stands in a lane, one change a transaction, with the lane's own words kept true. */
@Injectable()
export class LaneHolder {
  readonly #turns: Turnstile;

  constructor(
    private readonly lanes: LanesRepository,
    private readonly keeping: LaneKeepingService,
    private readonly steps: LaneStepsRepository,
    private readonly transactions: Transactions,
    config: AppConfig,
  ) {
    this.#turns = new Turnstile(Math.max(1, Math.floor(config.database.poolMax * shareOfConnections)));
  }

  /** Takes the lane; null when somebody has it, nothing is pending, or the workspace has as many as it may. */
  async lease(laneId: string, leaseMs: number): Promise<LeasedLane | null> {
    const leased = await this.step(() => this.lanes.leaseOfFew(laneId, leaseMs));
    return leased ?? (await this.#inTurn(() => this.lanes.lease(laneId, leaseMs)));
  }

  /** What is to be posted first, and where to; without a head the lane has been given back. */
  async look(lease: LeasedLane): Promise<LaneView> {
    const seen = await this.#turns.pass(() => this.steps.look(lease));
    if (seen.head !== null) return seen;
    // Another look, with the senders kept away, decides that nothing is due.
    const head = await this.dueHead(lease);
    return head ? await this.#turns.pass(() => this.steps.look(lease)) : { head: null, target: null };
  }

  /** Does a step of the lane, alone or in a transaction with more, with few at a time. */
  async step<T>(work: () => Promise<T>): Promise<T> {
    return await this.#turns.pass(work);
  }

  /** A step that is more than one statement. */
  transaction<T>(work: () => Promise<T>): Promise<T> {
    return this.#inTurn(work);
  }

  /** What is to be posted now; null when nothing is, and then the lane has been given back. */
  async dueHead(lease: LeasedLane): Promise<Delivery | null> {
    return await this.#inTurn(async () => {
      await this.lanes.hold(lease.id);
      return await this.keeping.settle(lease.id, lease);
    });
  }

  /** The lane's first pending delivery, due or not. */
  head(lease: LeasedLane): Promise<Delivery | null> {
    return this.lanes.head(lease.id);
  }

  /** Makes a change as the holder of the lease, and answers as {@link dueHead}. */
  async change(lease: LeasedLane, work: () => Promise<void>): Promise<Delivery | null> {
    return await this.#inTurn(async () => {
      await this.lanes.hold(lease.id);
      await work();
      return await this.keeping.settle(lease.id, lease);
    });
  }

  /** Makes a change from outside, in the caller's transaction: whoever has leased the lane keeps it. */
  async changeFromOutside<T>(laneId: string, work: () => Promise<T>): Promise<T> {
    await this.lanes.hold(laneId);
    const made = await work();
    await this.keeping.settle(laneId, null);
    return made;
  }

  /** Gives the lane back until the moment. */
  async giveBack(lease: LeasedLane, until: Date): Promise<void> {
    await this.#inTurn(async () => {
      await this.lanes.hold(lease.id);
      await this.keeping.giveBack(lease, until);
    });
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    return this.#turns.pass(() => this.transactions.run(work));
  }
}
