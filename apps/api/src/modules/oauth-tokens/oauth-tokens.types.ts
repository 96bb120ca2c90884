import type { WorkspaceScope } from '#kernel';

/** The tenant, and who acts there when it is a person; without an actor it is the product itself. */
export type TokenScope = Pick<WorkspaceScope, 'workspaceId'> & Partial<Pick<WorkspaceScope, 'actor' | 'origin'>>;

/** A credential whose token may be due. */
export interface RenewableCredential {
  id: string;
  workspaceId: string;
  tokenExpiresAt: Date | null;
  nextRefreshAt: Date | null;
}

/** The right to renew one credential's token, and all that it takes. Whoever has a newer one has taken it over. */
export interface RefreshLease {
  id: string;
  workspaceId: string;
  name: string;
  /** Raised with every lease. */
  generation: number;
  /** Raised with every new value. */
  tokenVersion: number;
  failures: number;
  sealedRefreshToken: string;
  sealedClientSecret: string | null;
  clientId: string;
  tokenUrl: string;
  issuer: string | null;
  resource: string | null;
  provider: string | null;
  authMethod: string | null;
}

/** The columns of a token, sealed. */
export interface SealedTokens {
  sealedValue: string;
  /** Null when none came: the one that is there stays. */
  sealedRefreshToken: string | null;
  tokenExpiresAt: Date | null;
  /** Null when the server did not say: what was known stays. */
  grantedScopes: string | null;
  /** Null when there is no refresh token at all. */
  nextRefreshAt: Date | null;
}
