import type { AppError } from '#kernel';
import { isRefreshDue, type RefreshFacts } from '../oauth-tokens/refresh-rules.js';
import { serverAccessErrors } from './server-access.errors.js';
import type { FoundCredential, SealedCredential, StoredCredential } from './server-access.types.js';

/** Whether a stored credential is worth renewing before it is used. */
export function needsRefresh(row: StoredCredential, now: Date): boolean {
  const facts: RefreshFacts = row;
  return row.type === 'OAUTH2' && row.status === 'ACTIVE' && isRefreshDue(facts, now);
}

/** Whether a credential can be sent now. */
export function isUsable(row: FoundCredential, now: Date): boolean {
  return row.managedBy === null ? usable(row, now) !== null : row.managedValue !== null;
}

/** A credential with a value of its own that can be sent; null for one that {@link unusable} explains. */
export function usable(row: StoredCredential, now: Date): SealedCredential | null {
  const { id, name, username, sealedValue, status, tokenExpiresAt } = row;
  if (status !== 'ACTIVE' || sealedValue === null || (tokenExpiresAt !== null && tokenExpiresAt <= now)) return null;
  return { id, name, username, sealedValue };
}

/** Why a credential is not {@link usable}, and what is to be done about it. Never holds a value. */
export function unusable(row: StoredCredential): AppError {
  const { name, nextRefreshAt, lastErrorClass } = row;
  const reason = reasonForPerson(row);
  if (reason !== null) return serverAccessErrors.credentialUnusable({ params: { name, reason } });
  const when = nextRefreshAt === null ? 'with the next use' : `at ${nextRefreshAt.toISOString()}`;
  const errorClass = lastErrorClass ?? 'under way';
  return serverAccessErrors.credentialNotRenewed({ params: { name, errorClass, when } });
}

// Null when no person is needed: the token renews itself as soon as its provider can be reached.
function reasonForPerson({ status, sealedValue, lastErrorClass, renewable, managedBy }: StoredCredential) {
  if (managedBy !== null) return 'no Composio API key is set, neither for the workspace nor on the server. Set one';
  if (lastErrorClass === 'definitive') return 'its provider no longer accepts it. Connect it again';
  if (status === 'PENDING' || (status === 'ACTIVE' && sealedValue === null)) {
    return 'it has no value yet. Connect it or store one';
  }
  if (status === 'REVOKED') return 'it was revoked. Connect it again or use another';
  if (status === 'ERROR' || status === 'RATE_LIMITED') {
    return 'its last test failed. Test it again or store a new value';
  }
  const renewsItself = status === 'ACTIVE' && renewable;
  return renewsItself ? null : 'it has expired. Connect it again or store a new value';
}
