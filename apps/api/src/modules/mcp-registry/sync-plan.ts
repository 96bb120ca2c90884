import type { RegistrySync, SyncMode } from './mcp-registry.types.js';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** How long one replica may work on a page before another takes over. Longer than a page's deadline. */
export const leaseMs = 90_000;
/** How long a sync by hand is refused after one that was accepted and did not fail. */
export const cooldownMs = hourMs;
const resumableMs = 24 * hourMs;
const fullEveryMs = 7 * 24 * hourMs;
// The registry may show a change later than its time says, and its clock may differ from ours.
const overlapMs = 10 * minuteMs;
const firstRetryMs = 30_000;

/** Who wants a sync: a person, or the clock. */
export type SyncTrigger = 'manual' | 'automatic';

/** What is to be done about a wish for a sync. */
export type SyncPlan =
  /** Somebody is at work. */
  | { kind: 'running' }
  | { kind: 'cooling'; until: Date }
  /** The clock has not come yet. */
  | { kind: 'not_due' }
  /** Goes on with a run that failed or whose holder is gone. */
  | { kind: 'resume'; mode: SyncMode }
  | { kind: 'start'; mode: SyncMode };

/** Decides about a wish. `source` is the registry that is configured now. */
export function planSync(sync: RegistrySync, wish: { trigger: SyncTrigger; source: string; now: Date }): SyncPlan {
  const { trigger, source, now } = wish;
  if (isHeld(sync, now)) return { kind: 'running' };
  if (trigger === 'manual' && sync.cooldownUntil !== null && sync.cooldownUntil > now) {
    // A run that lost its holder is taken up again at any time: it was accepted already.
    if (sync.state !== 'running') return { kind: 'cooling', until: sync.cooldownUntil };
  }
  const isAbandoned = sync.state === 'running';
  if (trigger === 'automatic' && !isAbandoned && sync.nextRunAt !== null && sync.nextRunAt > now) {
    return { kind: 'not_due' };
  }
  const sameSource = sync.source === source;
  if (sameSource && sync.state !== 'idle' && sync.mode !== null && sync.cursor !== null && isRecent(sync, now)) {
    return { kind: 'resume', mode: sync.mode };
  }
  return { kind: 'start', mode: sameSource ? modeOf(sync, now) : 'full' };
}

/** Whether somebody is at work. */
export function isHeld(sync: RegistrySync, now: Date): boolean {
  return sync.state === 'running' && sync.leaseUntil !== null && sync.leaseUntil > now;
}

/** From when on an incremental run asks for changes; null in a full one. */
export function changesSince({ mode, watermark }: Pick<RegistrySync, 'mode' | 'watermark'>): Date | null {
  return mode === 'incremental' && watermark !== null ? new Date(watermark.getTime() - overlapMs) : null;
}

/**
 * Up to when everything is known after a run: no later than its beginning, since what changed while it read may have
 * been on a page that it had read before.
 */
export function watermarkAfter(run: Pick<RegistrySync, 'watermark' | 'nextWatermark' | 'startedAt'>): Date | null {
  const { watermark, nextWatermark, startedAt } = run;
  if (nextWatermark === null || startedAt === null) return watermark;
  const safe = nextWatermark < startedAt ? nextWatermark : startedAt;
  return watermark !== null && watermark > safe ? watermark : safe;
}

/** How long after a success the next automatic run is due; `chance` from 0 to 1 spreads replicas and installations. */
export function pauseMs(watermark: Date | null, chance: number): number {
  const base = watermark === null ? 24 * hourMs : hourMs;
  return Math.round(base * (1 + chance * 0.2));
}

/** How long after so many failures in a row the next attempt is due: from 30 seconds, doubling, up to an hour. */
export function backOffMs(failures: number, chance: number): number {
  const base = Math.min(firstRetryMs * 2 ** Math.min(failures - 1, 20), hourMs);
  return Math.round(base * (1 + chance * 0.2));
}

function modeOf({ watermark, lastFullAt }: RegistrySync, now: Date): SyncMode {
  if (watermark === null || lastFullAt === null) return 'full';
  return now.getTime() - lastFullAt.getTime() >= fullEveryMs ? 'full' : 'incremental';
}

function isRecent({ startedAt }: RegistrySync, now: Date): boolean {
  return startedAt !== null && now.getTime() - startedAt.getTime() < resumableMs;
}
