import type { LiteralOwner } from '#vault';

/** A credential with the value that a server would get. */
export interface SealedCredential {
  id: string;
  name: string;
  username: string | null;
  sealedValue: string;
}

/** The sealed literals of one row that was merged into a server. */
export interface SealedLiterals {
  owner: LiteralOwner;
  sealedLiterals: string | null;
}
