import type { ScheduleSource } from './schedules.types.js';

/** A schedule whose moment has come, as it was claimed. */
export interface DueSchedule {
  id: string;
  workspaceId: string;
  /** Null for the lead agent, and where the agent is gone. */
  agentId: string | null;
  name: string;
  cronExpr: string;
  timezone: string;
  prompt: string;
  source: ScheduleSource;
  /** The moment that the plan named. */
  slot: Date;
  /** How often the agent was found busy for this slot. */
  busyChecks: number;
  /** False in a deleted workspace. */
  live: boolean;
  /** Whether the slot has its run already. */
  fired: boolean;
}

/** What is to be done with a due schedule. */
export type Decision =
  | { kind: 'fire' }
  | { kind: 'wait'; until: Date; busyChecks: number }
  | { kind: 'skip'; activeTasks: number; reason: string }
  /** The slot is done with: only the next one is set. */
  | { kind: 'advance' }
  /** The workspace is gone. */
  | { kind: 'disable' };

/** A due schedule and what is done with it. */
export interface DecidedSchedule {
  due: DueSchedule;
  decision: Decision;
}

const recheckMs = 10_000;
const mostRechecks = 12;

/** What becomes of a due schedule. An agent that keeps its own time is left to it. A busy one is looked at again every ten seconds for two minutes, then left alone. */
export function decide(
  due: Pick<DueSchedule, 'live' | 'fired' | 'busyChecks'>,
  capacity: { active: number; max: number; ownScheduler: boolean } | undefined,
  now: Date,
): Decision {
  if (!due.live) return { kind: 'disable' };
  if (due.fired || capacity?.ownScheduler) return { kind: 'advance' };
  if (!capacity || capacity.active < capacity.max) return { kind: 'fire' };
  if (due.busyChecks < mostRechecks) {
    return { kind: 'wait', until: new Date(now.getTime() + recheckMs), busyChecks: due.busyChecks + 1 };
  }
  const reason = `skipped: workspace busy (active_tasks=${capacity.active})`;
  return { kind: 'skip', activeTasks: capacity.active, reason };
}
