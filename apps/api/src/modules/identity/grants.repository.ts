import { Injectable } from '@nestjs/common';
import { Prisma, PrismaService, sharedReads } from '#prisma';

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
  readonly #findTokenById: (key: GrantKey) => Promise<GrantRow | null>;
  readonly #findSession: (key: GrantKey) => Promise<GrantRow | null>;

  constructor(private readonly prisma: PrismaService) {
    this.#findToken = sharedReads((keys) => this.#read(tokens, keys), sharing);
    this.#findTokenById = sharedReads((keys) => this.#read(tokensById, keys), sharing);
    this.#findSession = sharedReads((keys) => this.#read(sessions, keys), sharing);
  }

  /** The grant of a CLI token by the SHA-256 (hex) of its text. */
  findByTokenHash(tokenHash: string, workspaceRef: string | null): Promise<GrantRow | null> {
    return this.#findToken({ lookup: tokenHash, workspaceRef });
  }

  /** The grant of a CLI token by its id. */
  findByTokenId(tokenId: string, workspaceRef: string | null): Promise<GrantRow | null> {
    return this.#findTokenById({ lookup: tokenId, workspaceRef });
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

  async #read(source: Prisma.Sql, keys: readonly GrantKey[]): Promise<(GrantRow | null)[]> {
    const lookups = keys.map((key) => key.lookup);
    const refs = keys.map((key) => key.workspaceRef ?? '');
    const rows = await this.prisma.rows<GrantRow>(Prisma.sql`
      SELECT q.position::int, c.id AS "credentialId", c.expires_at AS "expiresAt", c.revoked_at AS "revokedAt",
             c.last_used_at AS "lastUsedAt", c.scopes,
             u.id AS "userId", u.email, u.instance_admin AS "instanceAdmin",
             m.workspace_id AS "workspaceId", m.role, m.capabilities, r.revision
      FROM unnest(${lookups}::text[], ${refs}::text[]) WITH ORDINALITY AS q(lookup, ref, position)
      JOIN LATERAL (${source}) c ON true
      JOIN users u ON u.id = c.user_id
      LEFT JOIN LATERAL (
        SELECT id FROM workspaces WHERE id = q.ref AND deleted_at IS NULL
        UNION ALL
        SELECT id FROM workspaces WHERE slug = q.ref AND deleted_at IS NULL
        LIMIT 1
      ) w ON true
      LEFT JOIN workspace_members m ON m.workspace_id = w.id AND m.user_id = u.id
      LEFT JOIN workspace_revisions r ON r.workspace_id = m.workspace_id`);
    const found: (GrantRow | null)[] = new Array(keys.length).fill(null);
    for (const row of rows) found[row.position - 1] = row;
    return found;
  }
}

const tokens = Prisma.sql`
  SELECT id, user_id, expires_at, revoked_at, last_used_at, scopes FROM cli_tokens WHERE token_hash = q.lookup`;
const tokensById = Prisma.sql`
  SELECT id, user_id, expires_at, revoked_at, last_used_at, scopes FROM cli_tokens WHERE id = q.lookup`;
const sessions = Prisma.sql`
  SELECT id, user_id, expires_at, revoked_at, last_used_at, NULL::text[] AS scopes FROM user_sessions WHERE id = q.lookup`;

const sharing = {
  identity: ({ lookup, workspaceRef }: GrantKey) => `${lookup} ${workspaceRef ?? ''}`,
  maxBatch: 256,
  maxInFlight: 2,
};
