import { assertKnown, type RowKind, rowAfter, withRow } from './change-rows.js';
import { previewErrors } from './preview.errors.js';
import type { AgentBindingChange, Change } from './preview.types.js';
import type { AgentBindingRow, ResolutionInput, ServerScope } from './rows.types.js';

const bindings: RowKind<AgentBindingRow> = {
  target: 'agent_binding',
  defaults: {
    serverId: '',
    scope: 'workspace',
    enabled: true,
    credentialId: null,
    credType: 'bearer',
    credHeader: null,
    envVarName: null,
    configOverrideJson: null,
  },
  fixed: ['serverId', 'scope'],
};

/** Changes a binding of this agent. A new one needs a server that the agent can reach and has not bound yet. */
export function changeAgentBinding(input: ResolutionInput, change: AgentBindingChange, path: string): ResolutionInput {
  const rows = input.bindings;
  if (change.op === 'delete') {
    assertKnown(rows, change.id, { target: change.target, path: `${path}.id` });
    return { ...input, bindings: rows.filter((row) => row.id !== change.id) };
  }
  const row = rowAfter(bindings, rows, change, path);
  if (!rows.some(({ id }) => id === row.id)) assertBindable(input, change.fields, row, path);
  return { ...input, bindings: withRow(rows, row) };
}

/** Refuses a server that the agent cannot reach. */
export function assertReachable(
  input: ResolutionInput,
  { scope, serverId }: { scope: ServerScope; serverId: string },
  path: string,
): void {
  const target: Change['target'] = scope === 'workspace' ? 'workspace_integration' : 'crew_integration';
  assertKnown(scope === 'workspace' ? input.workspaceServers : input.crewServers, serverId, { target, path });
}

function assertBindable(
  input: ResolutionInput,
  given: Partial<AgentBindingRow>,
  row: AgentBindingRow,
  path: string,
): void {
  const { target } = bindings;
  if (given.serverId === undefined || given.scope === undefined) {
    const field = `${path}.fields.${given.serverId === undefined ? 'serverId' : 'scope'}`;
    const fields = [{ field, code: 'required', message: 'Say which server is bound, and at which level' }];
    throw previewErrors.incompleteRow({ params: { target, missing: 'a server and its scope' }, fields });
  }
  assertReachable(input, row, `${path}.fields.serverId`);
  if (input.bindings.some(({ scope, serverId }) => scope === row.scope && serverId === row.serverId)) {
    const fields = [{ field: `${path}.fields.serverId`, code: 'taken', message: 'The agent has a binding on it' }];
    throw previewErrors.duplicateRow({ params: { target, unique: 'the agent has already bound the server' }, fields });
  }
}
