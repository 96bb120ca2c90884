import { Injectable } from '@nestjs/common';
import DataLoader from 'dataloader';
import { PrismaService } from '#prisma';

/** What a presented credential gives, and what its user has in the workspace that the request names. */
export interface GrantRow {
  position: number;
  /** Id of the CLI token or session; null when there is no such row. */
  credentialId: string | null;
  expiresAt: Date | null;
  revokedAt: Date | null;
  lastUsedAt: Date | null;
  scopes: string[] | null;
  userId: string;
  email: string;
  fullName: string | null;
  instanceAdmin: boolean;
  workspaceId: string | null;
  role: string | null;
  capabilities: string[] | null;
  revision: bigint | null;
}

/** A credential as it is looked up: the hash of a CLI token or the id of a session, with the workspace's id or slug. */
export interface GrantKey {
  lookup: string;
  workspaceRef: string | null;
}

/**
 * Reads grants. Requests that arrive in the same turn of the event loop share one round trip; nothing is kept after it,
 * so that every request sees every revocation that was committed before the request began.
 */
@Injectable()
export class GrantsRepository {
  readonly #tokens: DataLoader<GrantKey, GrantRow | null>;
  readonly #sessions: DataLoader<GrantKey, GrantRow | null>;

  constructor(private readonly prisma: PrismaService) {
    this.#tokens = shared((keys) => this.#readTokens(keys));
    this.#sessions = shared((keys) => this.#readSessions(keys));
  }

  /** The grant of a CLI token by the SHA-256 (hex) of its text. */
  findByTokenHash(tokenHash: string, workspaceRef: string | null): Promise<GrantRow | null> {
    return this.#tokens.load({ lookup: tokenHash, workspaceRef });
  }

  /** The grant of a browser session by its id. */
  findBySessionId(sessionId: string, workspaceRef: string | null): Promise<GrantRow | null> {
    return this.#sessions.load({ lookup: sessionId, workspaceRef });
  }

  #readTokens(keys: readonly GrantKey[]): Promise<GrantRow[]> {
    const { lookups, refs } = columns(keys);
    return this.prisma.client.$queryRaw<GrantRow[]>`
      SELECT q.position::int, t.id AS "credentialId", t.expires_at AS "expiresAt", t.revoked_at AS "revokedAt",
             t.last_used_at AS "lastUsedAt", t.scopes,
             u.id AS "userId", u.email, u.full_name AS "fullName", u.instance_admin AS "instanceAdmin",
             m.workspace_id AS "workspaceId", m.role, m.capabilities, r.revision
      FROM unnest(${lookups}::text[], ${refs}::text[]) WITH ORDINALITY AS q(lookup, ref, position)
      JOIN cli_tokens t ON t.token_hash = q.lookup
      JOIN users u ON u.id = t.user_id
      LEFT JOIN LATERAL (
        SELECT id FROM workspaces WHERE id = q.ref AND deleted_at IS NULL
        UNION ALL
        SELECT id FROM workspaces WHERE slug = q.ref AND deleted_at IS NULL
        LIMIT 1
      ) w ON true
      LEFT JOIN workspace_members m ON m.workspace_id = w.id AND m.user_id = u.id
      LEFT JOIN workspace_revisions r ON r.workspace_id = m.workspace_id`;
  }

  #readSessions(keys: readonly GrantKey[]): Promise<GrantRow[]> {
    const { lookups, refs } = columns(keys);
    return this.prisma.client.$queryRaw<GrantRow[]>`
      SELECT q.position::int, s.id AS "credentialId", s.expires_at AS "expiresAt", s.revoked_at AS "revokedAt",
             s.last_used_at AS "lastUsedAt", NULL::text[] AS scopes,
             u.id AS "userId", u.email, u.full_name AS "fullName", u.instance_admin AS "instanceAdmin",
             m.workspace_id AS "workspaceId", m.role, m.capabilities, r.revision
      FROM unnest(${lookups}::text[], ${refs}::text[]) WITH ORDINALITY AS q(lookup, ref, position)
      JOIN user_sessions s ON s.id = q.lookup
      JOIN users u ON u.id = s.user_id
      LEFT JOIN LATERAL (
        SELECT id FROM workspaces WHERE id = q.ref AND deleted_at IS NULL
        UNION ALL
        SELECT id FROM workspaces WHERE slug = q.ref AND deleted_at IS NULL
        LIMIT 1
      ) w ON true
      LEFT JOIN workspace_members m ON m.workspace_id = w.id AND m.user_id = u.id
      LEFT JOIN workspace_revisions r ON r.workspace_id = m.workspace_id`;
  }
}

function columns(keys: readonly GrantKey[]): { lookups: string[]; refs: string[] } {
  return { lookups: keys.map((key) => key.lookup), refs: keys.map((key) => key.workspaceRef ?? '') };
}

// Scheduled behind the poll phase: every request that the sockets had ready joins the same query.
function shared(read: (keys: readonly GrantKey[]) => Promise<GrantRow[]>): DataLoader<GrantKey, GrantRow | null> {
  return new DataLoader<GrantKey, GrantRow | null>(
    async (keys) => {
      const found: (GrantRow | null)[] = new Array(keys.length).fill(null);
      for (const row of await read(keys)) found[row.position - 1] = row;
      return found;
    },
    { cache: false, maxBatchSize: 256, batchScheduleFn: (dispatch) => setImmediate(dispatch) },
  );
}
