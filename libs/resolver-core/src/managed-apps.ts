import type { Candidate } from './candidates.js';
import type { RowIndex } from './row-index.js';
import { type DefaultConnectorRow, type ManagedApps, managedKind, type WorkspaceServerRow } from './rows.types.js';
import type { Selection } from './selection.js';
import { judgeCredential } from './settle-credential.js';
import type { Refusal } from './verdict.js';

/** Id and name of the server that stands for the default connector. It has no row of its own. */
export const defaultConnectorName = 'composio-default';

/**
 * The stage of the provider that manages apps. An opt-out takes everything of the provider. Where the default connector
 * is on, all other servers are held back, and an agent without apps of its own gets the connector. It goes before the names
 * are made unique: a server that is held back must not shadow one that is not.
 */
export function withManagedApps(selection: Selection, managed: ManagedApps, index: RowIndex, now: Date): Selection {
  const rest = refusing(selection, (candidate) => optedOut(candidate, managed));
  const { connector } = managed;
  if (connector === null || !isConnectorOn(connector, index, now)) return rest;
  const gated = refusing(rest, (candidate) => heldBack(candidate, connector));
  const candidate = connectorCandidate(connector);
  const refusal = withoutConnector(managed);
  return refusal === null
    ? { ...gated, offered: [...gated.offered, candidate] }
    : { ...gated, refused: [...gated.refused, { candidate, refusal }] };
}

/** Whether the connector works: without the key nothing may be held back, or agents would be left with no server at all. */
export function isConnectorOn({ credentialId }: DefaultConnectorRow, index: RowIndex, now: Date): boolean {
  return judgeCredential(index.credentials.get(credentialId) ?? null, now).state === 'usable';
}

function optedOut({ workspace }: Candidate, { optOutId }: ManagedApps): Refusal | null {
  if (optOutId === null || workspace?.kind !== managedKind) return null;
  return { rule: 'managed_opted_out', decidedBy: { level: 'agent', rowId: optOutId } };
}

// What a crew row changes is the crew's, whatever it was before.
function heldBack({ workspace, crew }: Candidate, { id }: DefaultConnectorRow): Refusal | null {
  if (crew === null && workspace.kind === managedKind) return null;
  return { rule: 'default_connector_only', decidedBy: { level: 'workspace', rowId: id } };
}

// Own apps count whether they are on or off: switching one off must never widen what the agent has.
function withoutConnector({ optOutId, ownServerIds }: ManagedApps): Refusal | null {
  if (optOutId !== null) return { rule: 'managed_opted_out', decidedBy: { level: 'agent', rowId: optOutId } };
  const own = [...ownServerIds].sort()[0];
  return own === undefined ? null : { rule: 'own_apps_instead', decidedBy: { level: 'workspace', rowId: own } };
}

function connectorCandidate({ endpoint, credentialId }: DefaultConnectorRow): Candidate {
  const workspace: WorkspaceServerRow = {
    id: defaultConnectorName,
    name: defaultConnectorName,
    displayName: 'Composio',
    transport: 'streamable-http',
    endpoint,
    command: null,
    argsJson: null,
    envJson: null,
    configJson: null,
    icon: 'composio',
    kind: managedKind,
    enabled: true,
    locked: true,
    visibility: 'everyone',
    credentialId,
    credType: 'api_key',
    credHeader: 'x-api-key',
    envVarName: null,
  };
  const { id, name } = workspace;
  return { id, scope: 'workspace', name, workspace, crew: null, workspaceBinding: null, crewBinding: null };
}

function refusing({ offered, refused }: Selection, refusalOf: (candidate: Candidate) => Refusal | null): Selection {
  const kept: Candidate[] = [];
  const dropped = [...refused];
  for (const candidate of offered) {
    const refusal = refusalOf(candidate);
    if (refusal === null) kept.push(candidate);
    else dropped.push({ candidate, refusal });
  }
  return { offered: kept, refused: dropped };
}
