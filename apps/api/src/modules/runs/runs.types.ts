/** The states of a run. */
export const runStatuses = ['RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED', 'TIMEOUT'] as const;

/** The state of a run. */
export type RunStatus = (typeof runStatuses)[number];

/** What runs are wanted; undefined members do not narrow. */
export interface RunFilter {
  status?: RunStatus;
  agentId?: string;
  /** Type of the trigger. */
  trigger?: string;
  tag?: string;
}

/** The agent of a run, as it is called now. */
export interface RunAgent {
  name: string;
  slug: string;
  crewName: string | null;
}

/** One run of an agent. */
export interface Run {
  id: string;
  workspaceId: string;
  agentId: string;
  chatId: string | null;
  triggeredBy: string | null;
  triggerType: string;
  status: RunStatus;
  tags: string[];
  startedAt: Date | null;
  finishedAt: Date | null;
  errorMessage: string | null;
  exitCode: number | null;
  metadata: unknown;
  createdAt: Date;
  /** Null when the agent's row is gone. */
  agent: RunAgent | null;
}

/** How a workspace's runs stand. */
export interface RunStats {
  running: number;
  /** Since midnight, UTC. */
  today: number;
  failed: number;
}
