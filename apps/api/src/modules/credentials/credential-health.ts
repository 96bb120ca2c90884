import { unreachable } from '#kernel';
import {
  type Credential,
  type CredentialState,
  type CredentialStatus,
  credentialStatuses,
} from './credentials.types.js';

/** What a credential's state is made of. */
export type HealthFacts = Pick<
  Credential,
  | 'type'
  | 'status'
  | 'lastErrorClass'
  | 'refreshFailures'
  | 'tokenExpiresAt'
  | 'nextRefreshAt'
  | 'oauthClientId'
  | 'oauthAuthUrl'
>;

/** The class of a failure that no further try will cure: the provider refused the grant or the client. */
export const definitiveFailure = 'definitive';

/**
 * The one word for how a credential is. A token that renews itself is never `expired`: it is due, or waits for its
 * next try. One that only a person can renew `needs_reauth`, when a flow to do so is configured.
 */
export function credentialState(facts: HealthFacts, now: Date): CredentialState {
  const status = statusOf(facts.status);
  switch (status) {
    case 'PENDING':
      return 'pending';
    case 'REVOKED':
      return 'revoked';
    case 'ERROR':
      return 'error';
    case 'RATE_LIMITED':
      return 'backing_off';
    case 'EXPIRED':
      return facts.lastErrorClass === definitiveFailure ? 'needs_reauth' : expiredState(facts);
    case 'ACTIVE':
      return activeState(facts, now);
    default:
      return unreachable(status);
  }
}

/** Where a person renews the credential; null unless that is what it needs. */
export function reconnectUrl(credentialId: string, state: CredentialState, publicUrl: string): string | null {
  return state === 'needs_reauth' ? `${publicUrl}/api/v1/oauth/reconnect/${credentialId}` : null;
}

function activeState(facts: HealthFacts, now: Date): CredentialState {
  const { nextRefreshAt, tokenExpiresAt, refreshFailures } = facts;
  const dead = tokenExpiresAt !== null && tokenExpiresAt <= now;
  if (nextRefreshAt === null) return dead ? expiredState(facts) : 'ok';
  if (nextRefreshAt <= now) return 'refresh_due';
  // The class of the last failure may be that of a test, which says nothing about renewals.
  return dead || refreshFailures > 0 ? 'backing_off' : 'ok';
}

function expiredState({ type, oauthClientId, oauthAuthUrl }: HealthFacts): CredentialState {
  return type === 'OAUTH2' && oauthClientId !== null && oauthAuthUrl !== null ? 'needs_reauth' : 'expired';
}

function statusOf(stored: string): CredentialStatus {
  return credentialStatuses.find((status) => status === stored) ?? 'ERROR';
}
