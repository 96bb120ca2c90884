import { crewRowsOf, type RowIndex, serverKey } from './row-index.js';
import type { AgentBindingRow, CrewServerRow, ResolutionInput, ServerScope, WorkspaceServerRow } from './rows.types.js';

/**
 * A server that the agent might get: a workspace row alone, a crew row alone, or a crew row over the workspace row it
 * changes. A workspace row that crew rows change is no candidate of its own: each of those rows stands for it.
 */
export type Candidate = CandidateFacts & CandidateRows;

/** The rows of a candidate. At least one is there. */
export type CandidateRows =
  | { workspace: WorkspaceServerRow; crew: null }
  | { workspace: WorkspaceServerRow | null; crew: CrewServerRow };

/** What is known of a candidate from the start. */
export interface CandidateFacts {
  /** Id of the nearest row. */
  id: string;
  scope: ServerScope;
  /** The crew row's name where there is one. */
  name: string;
  /** This agent's binding on the workspace row, enabled or not. It follows the server through an override. */
  workspaceBinding: AgentBindingRow | null;
  /** This agent's binding on the crew row, enabled or not. */
  crewBinding: AgentBindingRow | null;
}

/** Lists every candidate once, in no particular order. */
export function candidatesOf(input: ResolutionInput, index: RowIndex): Candidate[] {
  const changed = new Set(index.parents.values());
  const candidates: Candidate[] = crewRowsOf(input).map((crew) =>
    candidate({ workspace: index.parents.get(crew) ?? null, crew }, index),
  );
  for (const workspace of input.workspaceServers) {
    if (!changed.has(workspace)) candidates.push(candidate({ workspace, crew: null }, index));
  }
  return candidates;
}

/** This agent's bindings that are switched on, the workspace row's first. */
export function enabledBindings(of: Candidate): AgentBindingRow[] {
  return [of.workspaceBinding, of.crewBinding].filter((row): row is AgentBindingRow => row?.enabled === true);
}

function candidate(rows: CandidateRows, index: RowIndex): Candidate {
  const { workspace, crew } = rows;
  const facts =
    crew === null
      ? { id: rows.workspace.id, scope: 'workspace' as const, name: rows.workspace.name }
      : { id: crew.id, scope: 'crew' as const, name: crew.name };
  return {
    ...facts,
    ...rows,
    workspaceBinding: (workspace && index.bindings.get(serverKey('workspace', workspace.id))) ?? null,
    crewBinding: (crew && index.bindings.get(serverKey('crew', crew.id))) ?? null,
  };
}
