import { unreachable } from '#kernel';
import { changeAgentBinding } from './change-bindings.js';
import { changeCrewServer, changeWorkspaceServer } from './change-servers.js';
import { changeTool } from './change-tools.js';
import type { Change } from './preview.types.js';
import type { ResolutionInput } from './rows.types.js';

/**
 * The input as it would be after the changes, one after the other; a later one may refer to a row that an earlier one
 * made. The given input stays as it is. `boundByOthers` tells of other agents only, so that this agent's own bindings
 * count from the changed rows; a credential that a change newly names must be among `credentials`, or it is missing.
 * @throws AppError `preview.unknown_row`, `preview.incomplete_row`, `preview.duplicate_row`, `preview.no_crew`
 */
export function applyChanges(input: ResolutionInput, changes: readonly Change[]): ResolutionInput {
  return changes.reduce((changed, change, position) => applyChange(changed, change, `changes.${position}`), input);
}

function applyChange(input: ResolutionInput, change: Change, path: string): ResolutionInput {
  switch (change.target) {
    case 'workspace_integration':
      return changeWorkspaceServer(input, change, path);
    case 'crew_integration':
      return changeCrewServer(input, change, path);
    case 'agent_binding':
      return changeAgentBinding(input, change, path);
    case 'tool':
      return changeTool(input, change, path);
    default:
      return unreachable(change);
  }
}
