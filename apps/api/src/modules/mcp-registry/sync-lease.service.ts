import { Injectable } from '@nestjs/common';
import { AppError, Clock, Ids, Random, unreachable } from '#kernel';
import type { RegistrySync } from './mcp-registry.types.js';
import { RegistrySyncRepository, type SyncChange } from './registry-sync.repository.js';
import { RegistryUpstream } from './registry-upstream.js';
import { backOffMs, cooldownMs, leaseMs, planSync, type SyncPlan, type SyncTrigger } from './sync-plan.js';
import { chanceOf, type HeldRun, isResumable } from './sync-run.service.js';

/** What became of a wish for a sync. */
export interface SyncClaim {
  plan: SyncPlan;
  /** How the sync stood before. */
  before: RegistrySync;
  /** The run, when it is the caller's to carry out. */
  held: HeldRun | null;
}

/** Who may carry out the sync: one holder among all replicas, until its lease ends. */
@Injectable()
export class SyncLeaseService {
  readonly #owner: string;

  constructor(
    private readonly sync: RegistrySyncRepository,
    private readonly upstream: RegistryUpstream,
    private readonly clock: Clock,
    private readonly random: Random,
    ids: Ids,
  ) {
    this.#owner = ids.next();
  }

  /** Takes the sync, if it is to be had. Runs in the caller's transaction. */
  async claim(trigger: SyncTrigger): Promise<SyncClaim> {
    const now = this.clock.now();
    const { source } = this.upstream;
    const before = await this.sync.lock(source);
    const plan = planSync(before, { trigger, source, now });
    switch (plan.kind) {
      case 'running':
      case 'cooling':
      case 'not_due':
        return { plan, before, held: null };
      case 'resume':
      case 'start':
        return { plan, before, held: await this.#take(before, plan, { trigger, now }) };
      default:
        return unreachable(plan);
    }
  }

  /** Notes that a run failed. The cooldown ends, since nothing was gained; the clock tries again. */
  async fail(held: HeldRun, error: unknown): Promise<void> {
    const now = this.clock.now();
    const failures = ((await this.sync.find())?.failures ?? 0) + 1;
    const waitMs = Math.max(backOffMs(failures, chanceOf(this.random)), askedWaitMs(error));
    await this.sync.write(held.generation, {
      state: 'failed',
      ...(!isResumable(error) && { cursor: null }),
      leaseOwner: null,
      leaseUntil: null,
      finishedAt: now,
      lastError: sentenceOf(error),
      failures,
      nextRunAt: new Date(now.getTime() + waitMs),
      cooldownUntil: null,
    });
  }

  /** Lets the run go unfinished, for another to take up at once. */
  async release(held: HeldRun): Promise<void> {
    await this.sync.write(held.generation, { leaseOwner: null, leaseUntil: null });
  }

  async #take(
    before: RegistrySync,
    { kind, mode }: Extract<SyncPlan, { kind: 'resume' | 'start' }>,
    { trigger, now }: { trigger: SyncTrigger; now: Date },
  ): Promise<HeldRun> {
    const fresh = kind === 'start' ? freshRun(before, this.upstream.source, now) : null;
    const generation = await this.sync.take({
      ...fresh,
      mode,
      finishedAt: null,
      leaseOwner: this.#owner,
      leaseUntil: new Date(now.getTime() + leaseMs),
      ...(trigger === 'manual' && { cooldownUntil: new Date(now.getTime() + cooldownMs) }),
    });
    const run = { ...before, ...fresh };
    return { ...run, mode, generation, startedAt: run.startedAt ?? now };
  }
}

function freshRun(before: RegistrySync, source: string, now: Date) {
  return {
    source,
    // What is known of another registry says nothing of this one.
    watermark: before.source === source ? before.watermark : null,
    run: before.run + 1,
    cursor: null,
    nextWatermark: null,
    pages: 0,
    entries: 0,
    removed: 0,
    skipped: 0,
    skips: [],
    startedAt: now,
  } satisfies SyncChange;
}

// What is ours to say; anything else may quote what must not be shown.
function sentenceOf(error: unknown): string {
  return error instanceof AppError ? error.message : 'The sync stopped for a reason of ours; the log has it';
}

function askedWaitMs(error: unknown): number {
  const seconds = error instanceof AppError ? error.details.retryAfterSeconds : undefined;
  return typeof seconds === 'number' && seconds > 0 ? Math.min(seconds, 86_400) * 1_000 : 0;
}
