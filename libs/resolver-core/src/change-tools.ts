import { assertReachable } from './change-bindings.js';
import { unknownRow } from './change-rows.js';
import type { ToolChange } from './preview.types.js';
import type { ResolutionInput, ToolRow } from './rows.types.js';

/** Changes what is recorded about one tool of a server that the agent can reach. */
export function changeTool(input: ResolutionInput, change: ToolChange, path: string): ResolutionInput {
  const { scope, serverId, name } = change;
  assertReachable(input, change, `${path}.serverId`);
  const isSame = (row: ToolRow) => row.scope === scope && row.serverId === serverId && row.name === name;
  const recorded = input.tools.find(isSame);
  const others = input.tools.filter((row) => !isSame(row));
  if (change.op === 'delete') {
    if (recorded === undefined) throw unknownRow('tool', `${path}.name`);
    return { ...input, tools: others };
  }
  const enabled = change.fields.enabled ?? recorded?.enabled ?? true;
  return { ...input, tools: [...others, { scope, serverId, name, enabled }] };
}
