import type { JsonObject } from '#kernel';
import type { TransferredFile } from '../workspace-files/workspace-files.types.js';
import type { TransferredMemory } from '../workspace-memories/workspace-memories.types.js';

/** What an import may leave out. */
export const skippedKinds = [
  'schedule',
  'channel',
  'memory',
  'file',
  'variable',
  'plugin',
  'template',
  'prompt',
  'delivery_endpoint',
] as const;

/** Something that an import leaves out, and why. */
export interface SkippedItem {
  /** Name of the workspace. */
  workspace: string;
  kind: (typeof skippedKinds)[number];
  /** Its name, path or place in the list. */
  name: string;
  /** In our words; never a value, and never those of the database. */
  reason: string;
}

/** Something that was made, and what somebody has still to do about it. */
export interface ImportNote {
  /** Name of the workspace. */
  workspace: string;
  kind: 'delivery_endpoint';
  /** In our words. */
  note: string;
}

/** A schedule to make. */
export interface PlannedSchedule {
  name: string;
  cronExpr: string;
  timezone: string;
  prompt: string;
  enabled: boolean;
}

/** A channel to make. Its config holds secrets. */
export interface PlannedChannel {
  type: string;
  config: Readonly<Record<string, string>>;
  allowedUsers: string[];
  enabled: boolean;
}

/** One workspace to make, with all that it gets. */
export interface PlannedWorkspace {
  name: string;
  /** Place of its parent in the plan; null for a root. */
  parent: number | null;
  role: string | null;
  runtime: string;
  tier: number;
  model: string;
  maxConcurrentTasks: number;
  systemPrompt: string | null;
  external: boolean;
  /** Where an external one is reached: deliveries may go there. Null for others, and where they may not. */
  url: string | null;
  canvas: { x: number; y: number };
  /** Plugins as they are wished for. */
  plugins: string[];
  /** Sources of those among them that the registry has: they are installed. */
  installs: string[];
  config: JsonObject;
  files: TransferredFile[];
  memories: TransferredMemory[];
  schedules: PlannedSchedule[];
  channels: PlannedChannel[];
  /** Values of its .env files: they become credentials. */
  variables: ReadonlyMap<string, string>;
  skipped: SkippedItem[];
}
