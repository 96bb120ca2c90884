import type {
  AgentBindingRow,
  CredentialRow,
  CrewServerRow,
  ResolutionInput,
  ServerScope,
  ToolRow,
  WorkspaceServerRow,
} from './rows.types.js';

/** The input in maps, so that no step of the cascade searches a list. */
export interface RowIndex {
  /** The workspace server that a crew row changes, by the crew row. Rows without one are servers of their own. */
  parents: ReadonlyMap<CrewServerRow, WorkspaceServerRow>;
  /** By {@link serverKey}. */
  bindings: ReadonlyMap<string, AgentBindingRow>;
  boundByOthers: ReadonlySet<string>;
  credentials: ReadonlyMap<string, CredentialRow>;
  /** By {@link serverKey}. */
  tools: ReadonlyMap<string, readonly ToolRow[]>;
}

/** Key of a server in the maps of bindings and tools. */
export function serverKey(scope: ServerScope, serverId: string): string {
  return `${scope}:${serverId}`;
}

/** Crew rows that count: none for an agent outside any live crew. */
export function crewRowsOf(input: Pick<ResolutionInput, 'agent' | 'crewServers'>): readonly CrewServerRow[] {
  return input.agent.crewId === null ? [] : input.crewServers;
}

/** Indexes the input once. Where a key should be unique and is not, the smaller id wins whatever the order. */
export function indexRows(input: ResolutionInput): RowIndex {
  return {
    parents: parentsOf(input),
    bindings: uniqueBy(input.bindings, (row) => serverKey(row.scope, row.serverId)),
    boundByOthers: new Set(input.boundByOthers),
    credentials: uniqueBy(input.credentials, (row) => row.id),
    tools: toolsByServer(input.tools),
  };
}

/** Maps rows by a key; of two with the same key the one with the smaller id stays. */
export function uniqueBy<T extends { id: string }>(rows: Iterable<T>, keyOf: (row: T) => string): Map<string, T> {
  const unique = new Map<string, T>();
  for (const row of rows) {
    const held = unique.get(keyOf(row));
    if (held === undefined || row.id < held.id) unique.set(keyOf(row), row);
  }
  return unique;
}

function parentsOf(input: ResolutionInput): Map<CrewServerRow, WorkspaceServerRow> {
  const byId = uniqueBy(input.workspaceServers, (row) => row.id);
  const byName = uniqueBy(input.workspaceServers, (row) => row.name);
  const parents = new Map<CrewServerRow, WorkspaceServerRow>();
  for (const row of crewRowsOf(input)) {
    const parent = row.workspaceServerId === null ? byName.get(row.name) : byId.get(row.workspaceServerId);
    if (parent !== undefined) parents.set(row, parent);
  }
  return parents;
}

function toolsByServer(tools: readonly ToolRow[]): Map<string, ToolRow[]> {
  const byServer = new Map<string, ToolRow[]>();
  for (const tool of tools) {
    const key = serverKey(tool.scope, tool.serverId);
    const held = byServer.get(key);
    if (held === undefined) byServer.set(key, [tool]);
    else held.push(tool);
  }
  return byServer;
}
