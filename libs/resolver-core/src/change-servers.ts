import { assertKnown, type RowKind, rowAfter, withRow } from './change-rows.js';
import { previewErrors } from './preview.errors.js';
import type { Change, CrewIntegrationChange, WorkspaceIntegrationChange } from './preview.types.js';
import type { CrewServerRow, ResolutionInput, ServerScope, WorkspaceServerRow } from './rows.types.js';

const unset = {
  endpoint: null,
  command: null,
  argsJson: null,
  envJson: null,
  configJson: null,
  icon: null,
  credentialId: null,
  credType: null,
  credHeader: null,
  envVarName: null,
};

const workspaceServers: RowKind<WorkspaceServerRow> = {
  target: 'workspace_integration',
  defaults: {
    ...unset,
    name: '',
    displayName: '',
    transport: 'streamable-http',
    kind: 'custom',
    enabled: true,
    locked: false,
    visibility: 'auto',
  },
  fixed: ['name'],
};

const crewServers: RowKind<CrewServerRow> = {
  target: 'crew_integration',
  defaults: {
    ...unset,
    name: '',
    displayName: null,
    transport: null,
    kind: null,
    enabled: true,
    visibility: null,
    workspaceServerId: null,
  },
  fixed: ['name', 'workspaceServerId'],
};

/** Changes a workspace server. Deleting one takes along the crew rows linked to it, all bindings and the tools. */
export function changeWorkspaceServer(
  input: ResolutionInput,
  change: WorkspaceIntegrationChange,
  path: string,
): ResolutionInput {
  const { workspaceServers: rows, crewServers: crewRows } = input;
  if (change.op === 'delete') {
    assertKnown(rows, change.id, { target: change.target, path: `${path}.id` });
    const linked = crewRows.filter((row) => row.workspaceServerId === change.id);
    const left = { ...input, workspaceServers: rows.filter((row) => row.id !== change.id) };
    return linked.reduce(withoutCrewServer, withoutTraces(left, 'workspace', change.id));
  }
  const row = rowAfter(workspaceServers, rows, change, path);
  assertNamed(rows, row, change.target, path);
  return {
    ...input,
    workspaceServers: withRow(rows, { ...row, displayName: row.displayName || row.name }),
  };
}

/** Changes a server of the agent's crew. Deleting one takes along the bindings on it and its tools. */
export function changeCrewServer(input: ResolutionInput, change: CrewIntegrationChange, path: string): ResolutionInput {
  if (input.agent.crewId === null) throw previewErrors.noCrew();
  const rows = input.crewServers;
  if (change.op === 'delete') {
    assertKnown(rows, change.id, { target: change.target, path: `${path}.id` });
    return withoutCrewServer(input, { id: change.id });
  }
  const row = rowAfter(crewServers, rows, change, path);
  assertNamed(rows, row, change.target, path);
  if (row.workspaceServerId !== null && !rows.some(({ id }) => id === row.id)) {
    const place = { target: workspaceServers.target, path: `${path}.fields.workspaceServerId` };
    assertKnown(input.workspaceServers, row.workspaceServerId, place);
  }
  return { ...input, crewServers: withRow(rows, row) };
}

function withoutCrewServer(input: ResolutionInput, { id }: { id: string }): ResolutionInput {
  const left = { ...input, crewServers: input.crewServers.filter((row) => row.id !== id) };
  return withoutTraces(left, 'crew', id);
}

function withoutTraces(input: ResolutionInput, scope: ServerScope, serverId: string): ResolutionInput {
  const isElsewhere = (row: { scope: ServerScope; serverId: string }) =>
    row.scope !== scope || row.serverId !== serverId;
  const { managed } = input;
  return {
    ...input,
    managed: { ...managed, ownServerIds: managed.ownServerIds.filter((id) => id !== serverId) },
    bindings: input.bindings.filter(isElsewhere),
    tools: input.tools.filter(isElsewhere),
    boundByOthers: input.boundByOthers.filter((id) => id !== serverId),
  };
}

function assertNamed<Row extends { id: string; name: string }>(
  rows: readonly Row[],
  { id, name }: Row,
  target: Change['target'],
  path: string,
): void {
  const field = `${path}.fields.name`;
  if (name === '') {
    const fields = [{ field, code: 'required', message: 'Give the new row a name' }];
    throw previewErrors.incompleteRow({ params: { target, missing: 'a name' }, fields });
  }
  if (rows.some((row) => row.name === name && row.id !== id)) {
    const fields = [{ field, code: 'taken', message: 'Another row has this name' }];
    throw previewErrors.duplicateRow({ params: { target, unique: 'the name is taken' }, fields });
  }
}
