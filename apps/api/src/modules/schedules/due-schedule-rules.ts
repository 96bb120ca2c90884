import type { ScheduleSource } from './schedules.types.js';

/** A schedule whose moment has come, as it was claimed. */
export interface DueSchedule {
  id: string;
  workspaceId: string;
  /** Null for the lead agent. */
  agentId: string | null;
  /** Whether the agent that it is for has been deleted. */
  agentGone: boolean;
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
  /** The workspace or the agent is gone; `reason` says so where somebody can read it. */
  | { kind: 'disable'; reason: string | null };

/** A due schedule and what is done with it. */
export interface DecidedSchedule {
  due: DueSchedule;
  decision: Decision;
}

// What was meant for one agent is not said to another.
const agentGone = 'switched off: its agent was deleted; name another one';
const recheckMs = 10_000;
const mostRechecks = 12;

/** What becomes of a due schedule. An agent that keeps its own time is left to it. A busy one is looked at again every ten seconds for two minutes, then left alone. */
export function decide(
  due: Pick<DueSchedule, 'live' | 'agentGone' | 'fired' | 'busyChecks'>,
  capacity: { active: number; max: number; ownScheduler: boolean } | undefined,
  now: Date,
): Decision {
  if (!due.live) return { kind: 'disable', reason: null };
  if (due.agentGone) return { kind: 'disable', reason: agentGone };
  if (due.fired || capacity?.ownScheduler) return { kind: 'advance' };
  if (!capacity || capacity.active < capacity.max) return { kind: 'fire' };
  if (due.busyChecks < mostRechecks) {
    return { kind: 'wait', until: new Date(now.getTime() + recheckMs), busyChecks: due.busyChecks + 1 };
  }
  const reason = `skipped: workspace busy (active_tasks=${capacity.active})`;
  return { kind: 'skip', activeTasks: capacity.active, reason };
}
