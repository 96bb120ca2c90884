import { unreachable } from '#kernel';
import type { Candidate } from './candidates.js';
import type { CredentialState } from './resolution.types.js';
import type { RowIndex } from './row-index.js';
import type { AgentBindingRow, CredentialRow } from './rows.types.js';

/** The credential of an effective server. */
export interface SettledCredential {
  /** The binding that names it; type, header and variable come from the same row. */
  binding: AgentBindingRow;
  /** Null when the row is deleted or does not exist. */
  row: CredentialRow | null;
  state: CredentialState;
  /** The state in plain words. */
  reason: string;
}

/**
 * Finds the credential that the agent's bindings name: the one on the crew row if that names any, else the one on the
 * workspace row. A deleted one is not replaced by the other: the server then has none, and explain says so.
 */
export function settleCredential(candidate: Candidate, index: RowIndex, now: Date): SettledCredential | null {
  for (const binding of [candidate.crewBinding, candidate.workspaceBinding]) {
    if (binding === null || !binding.enabled || binding.credentialId === null) continue;
    const row = index.credentials.get(binding.credentialId) ?? null;
    return { binding, row: row?.deleted ? null : row, ...judgeCredential(row, now) };
  }
  return null;
}

/** Whether a credential can be handed over at `now`, and why not. An instant equal to `expiresAt` is too late. */
export function judgeCredential(row: CredentialRow | null, now: Date): { state: CredentialState; reason: string } {
  if (row === null) return { state: 'missing', reason: 'The credential does not exist.' };
  if (row.deleted) return { state: 'missing', reason: 'The credential was deleted.' };
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
