import type { tokenScopes } from '#access';
import type { Secret } from '#kernel';

/** What a CLI token may be limited to. */
export type TokenScope = (typeof tokenScopes)[number];

/** A token as it is stored, without what proves it. */
export interface CliToken {
  id: string;
  name: string;
  tier: 'STANDARD' | 'ADMIN';
  /** Empty: not limited. */
  scopes: readonly string[];
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

/** What limits a token: its own scopes and end, or its maker's. */
export interface TokenLimits {
  /** Null: not limited. */
  scopes: readonly string[] | null;
  /** Null: no end. */
  expiresAt: Date | null;
}

/** A token at the one moment when its text is known. */
export interface MintedToken {
  row: CliToken;
  text: Secret;
}
