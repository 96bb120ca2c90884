import {
  type AgentBindingRow,
  type CredentialRow,
  type CrewServerRow,
  noManagedApps,
  type ResolutionInput,
  type WorkspaceServerRow,
} from '../rows.types.js';

/** The instant at which the specs ask. */
export const noon = new Date('2026-03-01T12:00:00Z');

const noSettings = { endpoint: null, command: null, argsJson: null, envJson: null, configJson: null, icon: null };
const noCredential = { credentialId: null, credType: null, credHeader: null, envVarName: null };

/** A live, enabled HTTP server of the workspace, named like its id unless said otherwise. */
export function workspaceServer(row: Partial<WorkspaceServerRow> & { id: string }): WorkspaceServerRow {
  const name = row.name ?? row.id;
  return {
    ...noSettings,
    ...noCredential,
    name,
    displayName: name,
    transport: 'streamable-http',
    endpoint: `https://${row.id}.example/mcp`,
    kind: 'custom',
    enabled: true,
    locked: false,
    visibility: 'auto',
    ...row,
  };
}

/** A live, enabled row of the agent's crew that sets nothing, so that it inherits everything. */
export function crewServer(row: Partial<CrewServerRow> & { id: string }): CrewServerRow {
  return {
    ...noSettings,
    ...noCredential,
    name: row.id,
    displayName: null,
    transport: null,
    kind: null,
    enabled: true,
    visibility: null,
    workspaceServerId: null,
    ...row,
  };
}

/** An enabled binding of the agent without a credential, on a workspace server unless said otherwise. */
export function binding(row: Partial<AgentBindingRow> & { id: string; serverId: string }): AgentBindingRow {
  return {
    scope: 'workspace',
    enabled: true,
    credentialId: null,
    credType: 'bearer',
    credHeader: null,
    envVarName: null,
    configOverrideJson: null,
    ...row,
  };
}

/** An active credential that does not expire, named like its id unless said otherwise. */
export function credential(row: Partial<CredentialRow> & { id: string }): CredentialRow {
  return { name: row.id, status: 'ACTIVE', expiresAt: null, deleted: false, keyMissing: false, ...row };
}

/** What the cascade of an agent in a crew reads; only what is given exists. */
export function input(rows: Partial<ResolutionInput>): ResolutionInput {
  return {
    agent: { id: 'agent-a', crewId: 'crew-1' },
    workspaceServers: [],
    crewServers: [],
    bindings: [],
    boundByOthers: [],
    credentials: [],
    tools: [],
    managed: noManagedApps,
    ...rows,
  };
}
