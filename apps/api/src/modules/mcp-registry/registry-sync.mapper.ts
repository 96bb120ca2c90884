import type { RegistrySyncResponse } from './dto/registry-sync.response.js';
import type { RegistrySync } from './mcp-registry.types.js';
import { isHeld } from './sync-plan.js';

/** The sync before anybody asked for one. */
export const noSync: RegistrySync = {
  source: '',
  state: 'idle',
  mode: null,
  run: 0,
  cursor: null,
  watermark: null,
  nextWatermark: null,
  leaseUntil: null,
  generation: 0,
  pages: 0,
  entries: 0,
  removed: 0,
  skipped: 0,
  skips: [],
  startedAt: null,
  finishedAt: null,
  lastSuccessAt: null,
  lastFullAt: null,
  lastError: null,
  failures: 0,
  nextRunAt: null,
  cooldownUntil: null,
};

/** The sync as it is answered. */
export function toSyncResponse(sync: RegistrySync, now: Date): RegistrySyncResponse {
  const isAbandoned = sync.state === 'running' && !isHeld(sync, now);
  return {
    state: isAbandoned ? 'interrupted' : sync.state,
    mode: sync.mode,
    pages: sync.pages,
    entries: sync.entries,
    removed: sync.removed,
    skipped: sync.skipped,
    skipped_entries: sync.skips,
    started_at: textOf(sync.startedAt),
    finished_at: textOf(sync.finishedAt),
    last_success_at: textOf(sync.lastSuccessAt),
    last_full_at: textOf(sync.lastFullAt),
    last_error: sync.lastError,
    failures: sync.failures,
    next_run_at: textOf(sync.nextRunAt),
    next_allowed_at: sync.cooldownUntil !== null && sync.cooldownUntil > now ? textOf(sync.cooldownUntil) : null,
  };
}

function textOf(at: Date | null): string | null {
  return at?.toISOString() ?? null;
}
