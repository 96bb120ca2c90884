import { Injectable, Logger } from '@nestjs/common';
import { Clock, Transactions, unreachable } from '#kernel';
import { DeliveriesService } from '../deliveries/deliveries.service.js';
import type { Capacity } from '../deliveries/deliveries.types.js';
import { type DecidedSchedule, type DueSchedule, decide } from './due-schedule-rules.js';
import { DueSchedulesRepository, isOutage, type SettledSchedule } from './due-schedules.repository.js';
import { ScheduleFiringService } from './schedule-firing.service.js';
import { SchedulePlans } from './schedule-plans.service.js';

// Messages that went out already must not keep the next ones from going.
const punctually = { punctual: true } as const;
const largestBatch = 1_000;
const leaseMs = 20_000;
const putOffMs = 60_000;

/** Fires what is due. Any number of replicas may do it at the same time: a slot is fired by one of them. */
@Injectable()
export class DueSchedulesService {
  readonly #log = new Logger('schedules');

  constructor(
    private readonly repository: DueSchedulesRepository,
    private readonly firing: ScheduleFiringService,
    private readonly deliveries: DeliveriesService,
    private readonly plans: SchedulePlans,
    private readonly clock: Clock,
    private readonly transactions: Transactions,
  ) {}

  /** Works until nothing is due that nobody else is at, or `stopped` says so. Answers how many schedules it had. */
  async runDue(stopped: () => boolean = () => false): Promise<number> {
    // What this tick itself sets off makes no agent busy: schedules of one minute do not keep each other waiting.
    const capacities = new Map<string, Capacity>();
    let total = 0;
    for (let size = largestBatch; !stopped(); ) {
      const count = await this.#tried(size, capacities);
      if (count === 0) break;
      total += count ?? 0;
      size = count === null ? Math.ceil(size / 10) : Math.min(largestBatch, size * 2);
    }
    return total;
  }

  /** When the next schedule is due, or was; null when none will be. */
  earliest(): Promise<Date | null> {
    return this.transactions.run(() => this.repository.findEarliest(), punctually);
  }

  // Null for a batch that failed. One schedule that cannot be fired must not keep the others from it: smaller and smaller
  // batches find it, and it is put off. A database that has no connection to give is no schedule's fault.
  async #tried(size: number, capacities: Map<string, Capacity>): Promise<number | null> {
    try {
      return await this.#batch(size, capacities);
    } catch (error) {
      if (isOutage(error) && size < largestBatch) throw error;
      this.#log.error(error);
      if (size === 1) await this.#putOff();
      return null;
    }
  }

  #batch(size: number, capacities: Map<string, Capacity>): Promise<number> {
    return this.transactions.run(async () => {
      const now = this.clock.now();
      const claimed = await this.repository.claim(now, size, leaseMs);
      if (claimed.length === 0) return 0;
      await this.#readCapacities(claimed, capacities);
      const decided = claimed.map((due) => ({ due, decision: decide(due, capacities.get(due.workspaceId), now) }));
      const nextOf = this.#nextRuns(now);
      await this.repository.settle(
        decided.map((each) => settled(each, nextOf)),
        now,
      );
      await this.firing.carryOut(decided, now);
      return claimed.length;
    }, punctually);
  }

  async #readCapacities(claimed: readonly DueSchedule[], known: Map<string, Capacity>): Promise<void> {
    const wanted = new Set(claimed.map((due) => due.workspaceId).filter((id) => !known.has(id)));
    if (wanted.size === 0) return;
    for (const [id, capacity] of await this.deliveries.capacity([...wanted])) known.set(id, capacity);
  }

  #putOff(): Promise<void> {
    return this.transactions.run(async () => {
      const now = this.clock.now();
      const [due] = await this.repository.claim(now, 1, leaseMs);
      if (!due) return;
      const recheckAt = new Date(now.getTime() + putOffMs);
      await this.repository.settle([{ ...unchanged(due), recheckAt }], now);
    }, punctually);
  }

  // Thousands of schedules share few expressions.
  #nextRuns(now: Date): (due: DueSchedule) => Date | null {
    const known = new Map<string, Date | null>();
    return (due) => {
      const key = `${due.timezone}\n${due.cronExpr}`;
      const next = known.has(key) ? (known.get(key) ?? null) : this.plans.nextRun(due, now);
      known.set(key, next);
      return next;
    };
  }
}

function settled({ due, decision }: DecidedSchedule, nextOf: (due: DueSchedule) => Date | null): SettledSchedule {
  const stays = unchanged(due);
  switch (decision.kind) {
    case 'wait':
      return { ...stays, recheckAt: decision.until, busyChecks: decision.busyChecks };
    case 'disable':
      return {
        ...stays,
        enabled: false,
        busyChecks: 0,
        ...(decision.reason !== null && { lastStatus: 'error', lastError: decision.reason }),
      };
    case 'advance':
      return { ...stays, nextRunAt: nextOf(due), busyChecks: 0 };
    case 'fire':
      return { ...stays, nextRunAt: nextOf(due), busyChecks: 0, ran: true };
    case 'skip': {
      const last = { lastStatus: 'skipped', lastError: decision.reason };
      return { ...stays, ...last, nextRunAt: nextOf(due), busyChecks: 0, ran: true };
    }
    default:
      return unreachable(decision);
  }
}

function unchanged(due: DueSchedule): SettledSchedule {
  return {
    id: due.id,
    enabled: true,
    nextRunAt: due.slot,
    recheckAt: null,
    busyChecks: due.busyChecks,
    ran: false,
    lastStatus: null,
    lastError: null,
  };
}
