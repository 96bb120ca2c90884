/** What a secret is. */
export const credentialTypes = [
  'AI_CLI_TOKEN',
  'API_KEY',
  'CLI_TOKEN',
  'SECRET',
  'OAUTH2',
  'USERPASS',
  'SSH_KEY',
  'CERTIFICATE',
  'GENERIC_SECRET',
  'ENDPOINT_URL',
] as const;

/** One of {@link credentialTypes}. */
export type CredentialType = (typeof credentialTypes)[number];

/** Whether a credential can be used. Only ACTIVE ones are delivered. */
export const credentialStatuses = ['ACTIVE', 'PENDING', 'EXPIRED', 'RATE_LIMITED', 'REVOKED', 'ERROR'] as const;

/** One of {@link credentialStatuses}. */
export type CredentialStatus = (typeof credentialStatuses)[number];

/**
 * How a credential is, in one word. `ok`; `pending`: it has no value yet; `refresh_due`: its token is renewed with the next
 * use; `backing_off`: the last renewal failed or did not help, and the next try is at `next_refresh_at`; `needs_reauth`: a person
 * must connect it again; `expired`, `revoked`, `error`: it is not delivered until somebody changes it.
 */
export const credentialStates = [
  'ok',
  'pending',
  'refresh_due',
  'backing_off',
  'needs_reauth',
  'expired',
  'revoked',
  'error',
] as const;

/** One of {@link credentialStates}. */
export type CredentialState = (typeof credentialStates)[number];

/** Who may see and get a credential: the whole workspace, or the crews that it is linked to. */
export const credentialScopes = ['WORKSPACE', 'CREW'] as const;

/** One of {@link credentialScopes}. */
export type CredentialScope = (typeof credentialScopes)[number];

/** How carefully a value is to be handled; SEALED ones are never shown to anybody. */
export const sensitivities = ['STANDARD', 'SEALED'] as const;

/** One of {@link sensitivities}. */
export type Sensitivity = (typeof sensitivities)[number];

/** What happened to a credential, in its timeline. */
export const credentialEventTypes = [
  'CREATED',
  'UPDATED',
  'ROTATE',
  'ROLLBACK',
  'REVOKE',
  'TEST',
  'GRANTED',
  'UNGRANTED',
  'CONNECTED',
  'REFRESHED',
  'NEEDS_REAUTH',
  'DELETED',
] as const;

/** One of {@link credentialEventTypes}. */
export type CredentialEventType = (typeof credentialEventTypes)[number];

/** A live credential in short, for features that refer to one. */
export interface CredentialRef {
  id: string;
  name: string;
  type: string;
  provider: string;
  status: string;
  /** The feature that keeps its value elsewhere and alone changes it; null for any other. */
  managedBy: string | null;
}

/** A credential as it is stored, without its sealed columns. */
export interface Credential {
  id: string;
  workspaceId: string;
  name: string;
  description: string | null;
  type: string;
  provider: string;
  status: string;
  scope: string;
  oauthClientId: string | null;
  oauthAuthUrl: string | null;
  oauthTokenUrl: string | null;
  oauthScopes: string | null;
  tokenExpiresAt: Date | null;
  nextRefreshAt: Date | null;
  lastOkAt: Date | null;
  lastErrorClass: string | null;
  /** Renewals that failed in a row. */
  refreshFailures: number;
  accountLabel: string | null;
  accountEmail: string | null;
  username: string | null;
  endpointUrl: string | null;
  tags: string[];
  sensitivity: string;
  securityLevel: number;
  lastCheckedAt: Date | null;
  lastError: string | null;
  lastUsedAt: Date | null;
  lastUsedIps: string[];
  /** Until when the value before the last rotation is kept; null when none is. */
  previousValueUntil: Date | null;
  createdByActorType: string;
  createdByActorId: string | null;
  provisionedForService: string | null;
  createdAt: Date;
  updatedAt: Date;
}

/** The columns that the vault writes. Undefined stays, null clears. */
export interface SealedCredentialColumns {
  sealedValue?: string | null;
  sealedRefreshToken?: string | null;
  sealedPreviousValue?: string | null;
  sealedOauthClientSecret?: string | null;
}

/** The credential with what answers show of its surroundings. */
export interface CredentialInContext extends Credential {
  /** The feature that keeps its value elsewhere and alone changes it; null for any other. */
  managedBy: string | null;
  crewIds: string[];
  /** Live agents that it is granted to explicitly, by name. */
  agents: { id: string; name: string }[];
  /** Bindings of live agents that use it. */
  bindingCount: number;
  /** Servers of the workspace and of live crews that name it. */
  serverCount: number;
}
