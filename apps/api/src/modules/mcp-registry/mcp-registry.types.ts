import type { RegistryPackage, RegistryRemote } from './registry-entry.schema.js';

/** How far an entry is trusted here. Curated: the registry has no say in it. */
export const trustTiers = ['anthropic', 'crewship', 'community'] as const;

/** One of {@link trustTiers}. */
export type TrustTier = (typeof trustTiers)[number];

/** What the registry says of an entry. */
export const entryStatuses = ['active', 'deprecated', 'deleted'] as const;

/** One of {@link entryStatuses}. */
export type EntryStatus = (typeof entryStatuses)[number];

/** What the one-line fields of an entry say of how its server is reached. */
export interface EntrySummary {
  transport: string;
  endpoint: string;
  command: string;
  packageName: string;
  packageRegistry: string;
  authType: string;
}

/** An entry as the registry publishes it, checked and cleaned. */
export interface RegistryEntry extends EntrySummary {
  name: string;
  displayName: string;
  description: string;
  version: string;
  status: EntryStatus;
  icon: string;
  homepageUrl: string;
  sourceUrl: string;
  packages: RegistryPackage[];
  remotes: RegistryRemote[];
  publishedAt: Date | null;
  upstreamUpdatedAt: Date | null;
}

/** An entry as it is listed here. */
export interface RegistryServer extends RegistryEntry {
  category: string;
  trustTier: TrustTier;
  isFeatured: boolean;
  syncedAt: Date;
}

/** An entry that could not be taken over, and why. */
export interface SkippedEntry {
  /** "" when it has none that may be shown. */
  name: string;
  reason: string;
}

/** Whether a sync reads everything, or what changed. */
export const syncModes = ['full', 'incremental'] as const;

/** One of {@link syncModes}. */
export type SyncMode = (typeof syncModes)[number];

/** What the sync is doing. */
export const syncStates = ['idle', 'running', 'failed'] as const;

/** One of {@link syncStates}. */
export type SyncState = (typeof syncStates)[number];

/** The one sync that all replicas share. */
export interface RegistrySync {
  source: string;
  state: SyncState;
  mode: SyncMode | null;
  run: number;
  cursor: string | null;
  watermark: Date | null;
  nextWatermark: Date | null;
  leaseUntil: Date | null;
  generation: number;
  pages: number;
  entries: number;
  removed: number;
  skipped: number;
  skips: SkippedEntry[];
  startedAt: Date | null;
  finishedAt: Date | null;
  lastSuccessAt: Date | null;
  lastFullAt: Date | null;
  lastError: string | null;
  failures: number;
  nextRunAt: Date | null;
  cooldownUntil: Date | null;
}
