import { unreachable } from '#kernel';
import type { Candidate } from './candidates.js';
import type { CredentialState } from './resolution.types.js';
import type { RowIndex } from './row-index.js';
import type { CredentialRow, CredType, Level, ServerCredential } from './rows.types.js';

/** A row that names a credential for the server. */
export interface CredentialSource {
  level: Level;
  /** Id of the agent's binding or of the server row. */
  rowId: string;
  credentialId: string;
  /** Null in a server row that leaves it to the default. */
  credType: CredType | null;
  credHeader: string | null;
  envVarName: string | null;
}

/** The credential of an effective server. */
export interface SettledCredential {
  /** The row that names it; type, header and variable come from the same row. */
  source: CredentialSource;
  /** Null when the credential is deleted or does not exist. */
  row: CredentialRow | null;
  state: CredentialState;
  /** The state in plain words. */
  reason: string;
}

/** Every row that names a credential for the server, nearest first: the agent's bindings, then the server rows. */
export function credentialSourcesOf({ workspace, crew, workspaceBinding, crewBinding }: Candidate): CredentialSource[] {
  return [
    sourceOf('agent', crewBinding?.enabled ? crewBinding : null),
    sourceOf('agent', workspaceBinding?.enabled ? workspaceBinding : null),
    sourceOf('crew', crew),
    sourceOf('workspace', workspace),
  ].filter((source) => source !== null);
}

/**
 * Finds the credential of the server: the nearest row that names one. A deleted one is not replaced by the next: the
 * server then has none, and explain says so. That of the workspace row is withheld from a redirected server.
 */
export function settleCredential(
  sources: readonly CredentialSource[],
  isRedirected: boolean,
  index: RowIndex,
  now: Date,
): SettledCredential | null {
  const source = sources[0];
  if (source === undefined || (isRedirected && source.level === 'workspace')) return null;
  const row = index.credentials.get(source.credentialId) ?? null;
  return { source, row: row?.deleted ? null : row, ...judgeCredential(row, now) };
}

function sourceOf(level: Level, row: ({ id: string } & ServerCredential) | null): CredentialSource | null {
  if (row === null || row.credentialId === null) return null;
  const { id: rowId, credentialId, credType, credHeader, envVarName } = row;
  return { level, rowId, credentialId, credType, credHeader, envVarName };
}

/** Whether a credential can be handed over at `now`, and why not. An instant equal to `expiresAt` is too late. */
export function judgeCredential(row: CredentialRow | null, now: Date): { state: CredentialState; reason: string } {
  if (row === null) return { state: 'missing', reason: 'The credential does not exist.' };
  if (row.deleted) return { state: 'missing', reason: 'The credential was deleted.' };
  if (row.keyMissing) {
    return { state: 'missing', reason: 'No Composio API key is set, neither for the workspace nor on the server.' };
  }
  switch (row.status) {
    case 'ACTIVE':
      return row.expiresAt !== null && row.expiresAt <= now
        ? { state: 'expired', reason: `The credential expired at ${row.expiresAt.toISOString()}.` }
        : { state: 'usable', reason: 'The credential is active.' };
    case 'EXPIRED':
      return { state: 'expired', reason: 'The credential has expired; connect it again.' };
    case 'PENDING':
      return { state: 'pending', reason: 'The credential has no value yet; finish connecting it.' };
    case 'RATE_LIMITED':
      return { state: 'inactive', reason: 'The provider is limiting the credential; it is held back for now.' };
    case 'REVOKED':
      return { state: 'inactive', reason: 'The credential was revoked.' };
    case 'ERROR':
      return { state: 'inactive', reason: 'The credential failed when it was last used or checked.' };
    default:
      return unreachable(row.status);
  }
}
