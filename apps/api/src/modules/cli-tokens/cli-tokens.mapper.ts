import type { CliToken, MintedToken } from './cli-tokens.types.js';
import type { CliTokenResponse, CreatedCliTokenResponse } from './dto/cli-token.response.js';

/** A token as lists show it. */
export function toCliTokenResponse(row: CliToken): CliTokenResponse {
  return {
    id: row.id,
    name: row.name,
    tier: row.tier,
    created_at: row.createdAt.toISOString(),
    ...(row.expiresAt && { expires_at: row.expiresAt.toISOString() }),
    ...(row.lastUsedAt && { last_used_at: row.lastUsedAt.toISOString() }),
    ...(row.revokedAt && { revoked_at: row.revokedAt.toISOString() }),
    ...(row.scopes.length > 0 && { scopes: [...row.scopes] }),
  };
}

/** A new token with its text, the only answer that ever holds it. */
export function toCreatedResponse({ row, text }: MintedToken): CreatedCliTokenResponse {
  return {
    token: text.reveal(),
    id: row.id,
    name: row.name,
    tier: row.tier,
    created_at: row.createdAt.toISOString(),
    ...(row.expiresAt && { expires_at: row.expiresAt.toISOString() }),
    ...(row.scopes.length > 0 && { scopes: [...row.scopes] }),
  };
}
