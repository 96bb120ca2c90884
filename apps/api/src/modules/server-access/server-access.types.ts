import type { LiteralOwner } from '#vault';

/** A credential with the value that a server would get. */
export interface SealedCredential {
  id: string;
  name: string;
  username: string | null;
  sealedValue: string;
}

/** A live credential as it is stored, whatever its state. */
export interface StoredCredential extends Omit<SealedCredential, 'sealedValue'> {
  sealedValue: string | null;
  type: string;
  status: string;
  tokenExpiresAt: Date | null;
  nextRefreshAt: Date | null;
  /** Whether there is a refresh token. */
  renewable: boolean;
  lastErrorClass: string | null;
}

/** The sealed literals of one row that was merged into a server. */
export interface SealedLiterals {
  owner: LiteralOwner;
  sealedLiterals: string | null;
}
