import type { CreatedWorkspaceTokenResponse, WorkspaceTokenResponse } from './dto/workspace-token.response.js';
import type { MintedWorkspaceToken, WorkspaceToken } from './workspace-tokens.types.js';

/** A token as lists show it. */
export function toWorkspaceTokenResponse(row: WorkspaceToken): WorkspaceTokenResponse {
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    prefix: row.prefix,
    scopes: [...row.scopes],
    created_at: row.createdAt.toISOString(),
    expires_at: row.expiresAt?.toISOString() ?? null,
    last_used_at: row.lastUsedAt?.toISOString() ?? null,
  };
}

/** A new token with its text, the only answer that ever holds it. */
export function toCreatedWorkspaceTokenResponse(
  workspaceId: string,
  { row, text }: MintedWorkspaceToken,
): CreatedWorkspaceTokenResponse {
  return {
    auth_token: text.reveal(),
    workspace_id: workspaceId,
    message: 'Save this token now — it cannot be retrieved again.',
    ...toWorkspaceTokenResponse(row),
  };
}
