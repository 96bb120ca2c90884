import { Injectable } from '@nestjs/common';
import { AppError, Clock, Random, Transactions } from '#kernel';
import { registryErrors } from './mcp-registry.errors.js';
import type { RegistryEntry, RegistrySync, SkippedEntry } from './mcp-registry.types.js';
import { RegistryEntriesRepository } from './registry-entries.repository.js';
import type { RegistryPage } from './registry-page.js';
import { RegistrySyncRepository } from './registry-sync.repository.js';
import { RegistryUpstream } from './registry-upstream.js';
import { changesSince, leaseMs, pauseMs, watermarkAfter } from './sync-plan.js';

const mostPages = 5_000;
const mostSkipsShown = 20;

/** A run in somebody's hands. */
export type HeldRun = Pick<RegistrySync, 'run' | 'cursor' | 'watermark' | 'nextWatermark' | 'skips' | 'generation'> & {
  mode: NonNullable<RegistrySync['mode']>;
  startedAt: Date;
};

/** Somebody else took the run over: whatever this one still wrote was rolled back. */
export class LeaseLost extends Error {}

/** Reads the registry to its end, page by page. Every page is one transaction that also moves the cursor. */
@Injectable()
export class SyncRunService {
  constructor(
    private readonly upstream: RegistryUpstream,
    private readonly entries: RegistryEntriesRepository,
    private readonly sync: RegistrySyncRepository,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /**
   * Goes from the run's cursor to the end.
   * @throws AppError for what the registry did; {@link LeaseLost}; the signal's reason when it is told to stop.
   */
  async execute(run: HeldRun, signal: AbortSignal): Promise<void> {
    const updatedSince = changesSince(run);
    const given = new Set<string>();
    let held = run;
    for (let pages = 0; pages < mostPages; pages += 1) {
      signal.throwIfAborted();
      const page = await this.upstream.fetchPage({ cursor: held.cursor, updatedSince }, signal);
      const { nextCursor } = page;
      if (nextCursor !== null && (nextCursor === held.cursor || given.has(nextCursor)))
        throw registryErrors.cursorLoop();
      held = await this.#store(held, page);
      if (nextCursor === null) return;
      given.add(nextCursor);
    }
    throw registryErrors.endless({ params: { pages: mostPages } });
  }

  #store(run: HeldRun, page: RegistryPage): Promise<HeldRun> {
    const now = this.clock.now();
    const sighting = { run: run.run, now };
    const gone = page.entries.filter(({ status }) => status === 'deleted').map(({ name }) => name);
    const moved = {
      cursor: page.nextCursor,
      nextWatermark: latestChange(run.nextWatermark, page.entries),
      skips: [...run.skips, ...page.skipped].slice(0, mostSkipsShown),
    };
    return this.transactions.run(async () => {
      const read = { pages: 1, entries: page.entries.length, skipped: page.skipped.length };
      const leaseUntil = new Date(now.getTime() + leaseMs);
      await this.#write(run, { ...moved, leaseUntil }, read);
      await this.entries.upsert(listed(page.entries), sighting);
      const removed = await this.entries.removeNamed(gone, sighting);
      await this.entries.keep(namesOf(page.skipped), sighting);
      if (page.nextCursor === null) await this.#finish({ ...run, ...moved }, removed);
      else if (removed > 0) await this.#write(run, {}, { removed });
      return { ...run, ...moved };
    });
  }

  // In the transaction of the last page, so that a run is never both read to its end and unfinished.
  async #finish(run: HeldRun, removedByName: number): Promise<void> {
    const now = this.clock.now();
    const isFull = run.mode === 'full';
    if (isFull && !(await this.entries.sawAny({ run: run.run, now }))) throw registryErrors.emptied();
    const unseen = isFull ? await this.entries.removeUnseen({ run: run.run, now }) : 0;
    const watermark = watermarkAfter(run);
    await this.#write(
      run,
      {
        state: 'idle',
        cursor: null,
        watermark,
        nextWatermark: null,
        leaseOwner: null,
        leaseUntil: null,
        finishedAt: now,
        lastSuccessAt: now,
        ...(isFull && { lastFullAt: now }),
        lastError: null,
        failures: 0,
        nextRunAt: new Date(now.getTime() + pauseMs(watermark, chanceOf(this.random))),
      },
      { removed: removedByName + unseen },
    );
  }

  async #write(
    run: HeldRun,
    ...change: Parameters<RegistrySyncRepository['write']> extends [number, ...infer R] ? R : never
  ) {
    if (!(await this.sync.write(run.generation, ...change))) throw new LeaseLost();
  }
}

/** Whether a failed run may go on from its cursor; else it starts anew. */
export function isResumable(error: unknown): boolean {
  if (!(error instanceof AppError)) return true;
  const { status } = error.details;
  const wasRefused = typeof status === 'number' && status >= 400 && status < 500 && ![408, 425, 429].includes(status);
  return (
    !wasRefused && !['mcp_registry.cursor_loop', 'mcp_registry.endless', 'mcp_registry.emptied'].includes(error.code)
  );
}

/** A number from 0 to 1. */
export function chanceOf(random: Random): number {
  return random.bytes(2).readUInt16BE() / 65_535;
}

function listed(entries: readonly RegistryEntry[]): RegistryEntry[] {
  return entries.filter(({ status }) => status !== 'deleted');
}

function namesOf(skipped: readonly SkippedEntry[]): string[] {
  return skipped.flatMap(({ name }) => (name === '' ? [] : [name]));
}

function latestChange(known: Date | null, entries: readonly RegistryEntry[]): Date | null {
  return entries.reduce<Date | null>((latest, { upstreamUpdatedAt: at }) => {
    return at !== null && (latest === null || at > latest) ? at : latest;
  }, known);
}
