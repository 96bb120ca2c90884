import {
  type CredentialRow,
  type CredType,
  type EffectiveServer,
  noManagedApps,
  type ResolutionInput,
  resolve,
  type Transport,
} from '#resolver-core';
import type { LiteralOwner } from '#vault';
import type { SealedLiterals } from '../server-access/server-access.types.js';
import type { TestedBinding, TestedCrewRow, TestedWorkspaceRow } from './connection-tests.repository.js';

/** The rows that make up one tested server. */
export interface TestedRows {
  workspace: TestedWorkspaceRow | null;
  crew: TestedCrewRow | null;
  binding: TestedBinding | null;
}

const agent = { id: 'connection-test', crewId: 'connection-test' };
const shown = { enabled: true, locked: false, visibility: 'everyone' } as const;

/**
 * The server as an agent with the binding would have it: the very cascade of the resolver, with everything switched on,
 * since a server that is off may be tested too.
 */
export function testedServer({ workspace, crew, binding }: TestedRows): EffectiveServer | null {
  const input: ResolutionInput = {
    agent,
    workspaceServers: workspace
      ? [
          {
            ...workspace,
            ...shown,
            kind: workspace.origin,
            transport: transportOf(workspace.transport),
            credType: credTypeOf(workspace.credType),
          },
        ]
      : [],
    crewServers: crew
      ? [
          {
            ...crew,
            ...shown,
            kind: crew.origin,
            transport: crew.transport === null ? null : transportOf(crew.transport),
            workspaceServerId: crew.workspaceIntegrationId,
            credType: credTypeOf(crew.credType),
          },
        ]
      : [],
    bindings: binding ? [bindingRow(binding)] : [],
    boundByOthers: [],
    credentials: [binding, crew, workspace].flatMap((row) =>
      row?.credentialId ? [testedCredential(row.credentialId)] : [],
    ),
    tools: [],
    managed: noManagedApps,
  };
  return resolve(input, new Date(0)).servers[0] ?? null;
}

/** The sealed literals of the rows that were merged. */
export function sealedLiteralsOf({ workspace, crew, binding }: TestedRows): SealedLiterals[] {
  const of = (
    kind: LiteralOwner['kind'],
    row: { id: string; sealedLiterals: string | null } | null,
  ): SealedLiterals[] => (row ? [{ owner: { kind, rowId: row.id }, sealedLiterals: row.sealedLiterals }] : []);
  return [...of('workspace', workspace), ...of('crew', crew), ...of('binding', binding)];
}

function bindingRow(binding: TestedBinding): ResolutionInput['bindings'][number] {
  const { id, credentialId, credHeader, envVarName, configOverrideJson } = binding;
  const credType = credTypeOf(binding.credType) ?? 'bearer';
  const scope = binding.crewIntegrationId === null ? 'workspace' : 'crew';
  const serverId = binding.crewIntegrationId ?? binding.workspaceIntegrationId ?? '';
  return { id, serverId, scope, enabled: true, credentialId, credType, credHeader, envVarName, configOverrideJson };
}

// Whether it can be sent is seen when its value is opened.
function testedCredential(id: string): CredentialRow {
  return { id, name: 'tested', status: 'ACTIVE', expiresAt: null, deleted: false, keyMissing: false };
}

function credTypeOf(text: string | null): CredType | null {
  return text === 'bearer' || text === 'api_key' || text === 'basic' ? text : null;
}

function transportOf(text: string): Transport {
  return text === 'stdio' ? 'stdio' : 'streamable-http';
}
