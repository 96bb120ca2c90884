import type { Candidate } from './candidates.js';
import type { DecidingRow, HiddenRule } from './resolution.types.js';
import type { RowIndex } from './row-index.js';
import { isBound, isBoundByOthers, visibilityOf } from './visibility.js';

/** Why a candidate is not offered. A shadowed one also says which candidate has its name. */
export type Refusal =
  | { rule: Exclude<HiddenRule, 'name_shadowed'>; decidedBy: DecidingRow }
  | { rule: 'name_shadowed'; decidedBy: DecidingRow; winner: Candidate };

/**
 * The first rule that refuses a candidate, or null. The order is part of the contract: what binds most people comes
 * first, so that the answer names the decision one would have to change first.
 */
export function refusalOf(candidate: Candidate, index: RowIndex): Refusal | null {
  return switchedOff(candidate) ?? optedOut(candidate) ?? unseen(candidate, index);
}

function switchedOff({ workspace, crew }: Candidate): Refusal | null {
  if (workspace?.locked && !workspace.enabled) {
    return { rule: 'locked_off', decidedBy: { level: 'workspace', rowId: workspace.id } };
  }
  if (crew !== null) {
    return crew.enabled ? null : { rule: 'crew_disabled', decidedBy: { level: 'crew', rowId: crew.id } };
  }
  if (workspace.enabled) return null;
  return { rule: 'workspace_disabled', decidedBy: { level: 'workspace', rowId: workspace.id } };
}

function optedOut({ workspaceBinding, crewBinding }: Candidate): Refusal | null {
  const binding = [crewBinding, workspaceBinding].find((row) => row?.enabled === false);
  return binding ? { rule: 'agent_opted_out', decidedBy: { level: 'agent', rowId: binding.id } } : null;
}

function unseen(candidate: Candidate, index: RowIndex): Refusal | null {
  if (isBound(candidate)) return null;
  const { value, origin } = visibilityOf(candidate);
  const level = origin.level === 'default' ? candidate.scope : origin.level;
  const decidedBy = { level, rowId: origin.rowId ?? candidate.id };
  if (value === 'bound') return { rule: 'bound_only', decidedBy };
  if (value === 'auto' && isBoundByOthers(candidate, index)) return { rule: 'visible_to_bound_agents_only', decidedBy };
  return null;
}
