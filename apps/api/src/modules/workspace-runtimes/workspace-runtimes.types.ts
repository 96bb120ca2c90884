import type { JsonObject } from '#kernel';

/** What a workspace's agent is about. */
export const workspaceStatuses = ['provisioning', 'awaiting_agent', 'online', 'offline', 'failed'] as const;

/** `awaiting_agent`: made by an import, and no agent has reported yet. */
export type WorkspaceStatus = (typeof workspaceStatuses)[number];

/** What a workspace is as a running agent (seed 004). */
export interface WorkspaceRuntime {
  /** The workspace above it, where approvals escalate to. */
  parentId: string | null;
  /** What it is there for, in a few words. */
  role: string | null;
  /** 0 (least trusted) to 4. */
  tier: number;
  /** Name of the software that runs it, such as `langgraph`. */
  runtime: string;
  model: string | null;
  status: WorkspaceStatus;
  /** How many tasks it works on at once before schedules wait for it. */
  maxConcurrentTasks: number;
  /** As the last heartbeat said. */
  activeTasks: number;
  lastHeartbeatAt: Date | null;
  /** Whether it fires its schedules itself, as the last heartbeat said. */
  ownScheduler: boolean;
  /** The bundle or the organisation template that it came from. */
  sourceBundleId: string | null;
  /** What the documents of seed 004 configure beyond the rest. */
  config: JsonObject;
}

/** Changes of a runtime. Absent members stay. */
export type WorkspaceRuntimeChange = Partial<WorkspaceRuntime>;

/** What holds until somebody says otherwise. */
export const defaultRuntime: WorkspaceRuntime = {
  parentId: null,
  role: null,
  tier: 1,
  runtime: 'langgraph',
  model: null,
  status: 'online',
  maxConcurrentTasks: 1,
  activeTasks: 0,
  lastHeartbeatAt: null,
  ownScheduler: false,
  sourceBundleId: null,
  config: {},
};
