/** Where a schedule comes from: an organisation template or a bundle, or somebody's own making. */
export const scheduleSources = ['template', 'runtime'] as const;

/** One of {@link scheduleSources}. */
export type ScheduleSource = (typeof scheduleSources)[number];

/** How a run ended, or that it has not yet. `stale`: the agent answered nothing, again and again. */
export const scheduleRunStatuses = ['running', 'ok', 'error', 'skipped', 'stale'] as const;

/** One of {@link scheduleRunStatuses}. */
export type ScheduleRunStatus = (typeof scheduleRunStatuses)[number];

/** What set a run off: the clock, or a person or program that asked for it. */
export const scheduleTriggers = ['schedule', 'manual'] as const;

/** One of {@link scheduleTriggers}. */
export type ScheduleTrigger = (typeof scheduleTriggers)[number];

/** A schedule as it is stored. */
export interface Schedule {
  id: string;
  workspaceId: string;
  /** Null: the workspace's lead agent. */
  agentId: string | null;
  name: string;
  cronExpr: string;
  timezone: string;
  prompt: string;
  enabled: boolean;
  source: ScheduleSource;
  nextRunAt: Date | null;
  lastRunAt: Date | null;
  runCount: number;
  /** `""` before the first run ended. */
  lastStatus: string;
  lastError: string;
  createdAt: Date;
  updatedAt: Date;
}

/** What the history says was asked. Never the whole prompt. */
export type RunRequest = {
  schedule_id: string;
  schedule_name: string;
  cron_expr: string;
} & ({ prompt: string } | { skipped: true; active_tasks: number });

/** One run as it is stored. */
export interface ScheduleRun {
  id: string;
  scheduleId: string;
  workspaceId: string;
  trigger: ScheduleTrigger;
  /** The moment that the plan named; that of the request for a manual run. */
  scheduledFor: Date;
  startedAt: Date;
  finishedAt: Date | null;
  durationMs: number | null;
  status: ScheduleRunStatus;
  errorDetail: string;
  responseExcerpt: string | null;
  request: RunRequest;
  deliveryId: string | null;
}

/** A schedule on its way between workspaces or instances: without ids and without its past. */
export interface TransferredSchedule {
  name: string;
  cron_expr: string;
  timezone: string;
  prompt: string;
  enabled: boolean;
  /** Slug of the agent that it is for; null for the lead agent. */
  agent_slug: string | null;
}

/** What became of imported schedules. */
export interface ScheduleImportReport {
  /** Names that were made or brought up to date. */
  imported: string[];
  /** Names that were left out, with a sentence that says why. */
  skipped: { name: string; reason: string }[];
}

/** How many schedules a workspace may have. */
export const mostSchedules = 1_000;
