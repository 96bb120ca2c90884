import { Injectable } from '@nestjs/common';
import { PrismaService, sharedReads } from '#prisma';

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
 * Reads grants. Requests of the same moment share round trips; nothing is kept after them, so that every request sees
 * every revocation that was committed before it began.
 */
@Injectable()
export class GrantsRepository {
  readonly #findToken: (key: GrantKey) => Promise<GrantRow | null>;
  readonly #findSession: (key: GrantKey) => Promise<GrantRow | null>;

  constructor(private readonly prisma: PrismaService) {
    this.#findToken = sharedReads(async (keys) => inOrder(keys, await this.#readTokens(keys)), sharing);
    this.#findSession = sharedReads(async (keys) => inOrder(keys, await this.#readSessions(keys)), sharing);
  }

  /** The grant of a CLI token by the SHA-256 (hex) of its text. */
  findByTokenHash(tokenHash: string, workspaceRef: string | null): Promise<GrantRow | null> {
    return this.#findToken({ lookup: tokenHash, workspaceRef });
  }

  /** The grant of a browser session by its id. */
  findBySessionId(sessionId: string, workspaceRef: string | null): Promise<GrantRow | null> {
    return this.#findSession({ lookup: sessionId, workspaceRef });
  }

  /** A live workspace by id or slug, with its revision. */
  async findWorkspace(ref: string): Promise<{ workspaceId: string; revision: bigint } | null> {
    const rows = await this.prisma.client.workspace.findMany({
      where: { OR: [{ id: ref }, { slug: ref }], deletedAt: null },
      select: { id: true, revision: { select: { revision: true } } },
    });
    const row = rows.find(({ id }) => id === ref) ?? rows[0];
    return row ? { workspaceId: row.id, revision: row.revision?.revision ?? 0n } : null;
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

const sharing = { maxBatch: 256, maxInFlight: 1 };

function inOrder(keys: readonly GrantKey[], rows: readonly GrantRow[]): (GrantRow | null)[] {
  const found: (GrantRow | null)[] = new Array(keys.length).fill(null);
  for (const row of rows) found[row.position - 1] = row;
  return found;
}
