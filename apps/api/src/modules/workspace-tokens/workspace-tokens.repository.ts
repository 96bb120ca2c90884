import { Injectable } from '@nestjs/common';
import type { Page, PageRequest, WorkspaceScope } from '#kernel';
import { Prisma, PrismaService, sharedReads } from '#prisma';
import type { WorkspaceToken, WorkspaceTokenKind } from './workspace-tokens.types.js';
import { workspaceTokenKinds } from './workspace-tokens.types.js';

const columns = {
  id: true,
  kind: true,
  name: true,
  prefix: true,
  scopes: true,
  createdByUserId: true,
  createdAt: true,
  expiresAt: true,
  lastUsedAt: true,
} satisfies Prisma.WorkspaceTokenSelect;

/** What a presented token opens, as it is stored. */
export interface TokenGrantRow {
  position: number;
  credentialId: string;
  workspaceId: string;
  workspaceSlug: string;
  kind: string;
  scopes: string[];
  expiresAt: Date | null;
  revokedAt: Date | null;
  lastUsedAt: Date | null;
  revision: bigint;
}

/** A page of the tokens, of one kind where it is given. */
export interface TokenPageRequest extends PageRequest {
  kind?: WorkspaceTokenKind | undefined;
}

/** The rows of `workspace_tokens`. */
@Injectable()
export class WorkspaceTokensRepository {
  readonly #findGrant: (hash: string) => Promise<TokenGrantRow | null>;

  constructor(private readonly prisma: PrismaService) {
    this.#findGrant = sharedReads((hashes) => this.#readGrants(hashes), {
      identity: (hash) => hash,
      maxBatch: 256,
      maxInFlight: 2,
    });
  }

  /** The grant of a token by the SHA-256 (hex) of its text; none in a deleted workspace. One round trip. */
  findGrant(tokenHash: string): Promise<TokenGrantRow | null> {
    return this.#findGrant(tokenHash);
  }

  /** One page of the live tokens, newest first, ties broken by id. */
  async findLive(scope: WorkspaceScope, now: Date, page: TokenPageRequest): Promise<Page<WorkspaceToken>> {
    const where = { ...live(scope, now), ...(page.kind && { kind: page.kind }) };
    const rows = await this.prisma.client.workspaceToken.findMany({
      where,
      select: columns,
      orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
      take: page.limit,
      skip: page.offset,
    });
    return { items: rows.map(toDomain), total: await this.prisma.client.workspaceToken.count({ where }) };
  }

  /** How many tokens are live; nobody makes another one before the transaction ends. */
  async countLiveAndHold(scope: WorkspaceScope, now: Date): Promise<number> {
    await this.prisma.client.$queryRaw`SELECT 1 FROM workspaces WHERE id = ${scope.workspaceId} FOR NO KEY UPDATE`;
    return this.prisma.client.workspaceToken.count({ where: live(scope, now) });
  }

  /** When the token that the caller presents ends; null for never, and for a caller without one. */
  async findExpiry({ workspaceId, actor }: WorkspaceScope): Promise<Date | null> {
    if (actor.kind !== 'workspace_token' || actor.tokenId === null) return null;
    const where = { id: actor.tokenId, workspaceId };
    const row = await this.prisma.client.workspaceToken.findFirst({ where, select: { expiresAt: true } });
    return row?.expiresAt ?? null;
  }

  /** Adds a token. */
  async insert(scope: WorkspaceScope, { scopes, ...row }: WorkspaceToken, tokenHash: string): Promise<void> {
    await this.prisma.client.workspaceToken.create({
      data: { ...row, scopes: [...scopes], tokenHash, workspaceId: scope.workspaceId },
      select: { id: true },
    });
  }

  /** Ends a token. Null when there is none that could be ended. */
  async revoke(scope: WorkspaceScope, id: string, now: Date): Promise<WorkspaceToken | null> {
    const [row] = await this.prisma.client.workspaceToken.updateManyAndReturn({
      where: { id, workspaceId: scope.workspaceId, revokedAt: null },
      data: { revokedAt: now },
      select: columns,
    });
    return row ? toDomain(row) : null;
  }

  async #readGrants(hashes: readonly string[]): Promise<(TokenGrantRow | null)[]> {
    const rows = await this.prisma.rows<TokenGrantRow>(Prisma.sql`
      SELECT q.position::int, t.id AS "credentialId", t.workspace_id AS "workspaceId", w.slug AS "workspaceSlug", t.kind, t.scopes,
             t.expires_at AS "expiresAt", t.revoked_at AS "revokedAt", t.last_used_at AS "lastUsedAt", r.revision
      FROM unnest(${[...hashes]}::text[]) WITH ORDINALITY AS q(hash, position)
      JOIN workspace_tokens t ON t.token_hash = q.hash
      JOIN workspaces w ON w.id = t.workspace_id AND w.deleted_at IS NULL
      JOIN workspace_revisions r ON r.workspace_id = w.id`);
    const found: (TokenGrantRow | null)[] = new Array(hashes.length).fill(null);
    for (const row of rows) found[row.position - 1] = row;
    return found;
  }
}

function live(scope: WorkspaceScope, now: Date): Prisma.WorkspaceTokenWhereInput {
  return {
    workspaceId: scope.workspaceId,
    revokedAt: null,
    OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
  };
}

function toDomain(row: Omit<WorkspaceToken, 'kind'> & { kind: string }): WorkspaceToken {
  return { ...row, kind: kindOf(row.kind) };
}

function kindOf(stored: string): WorkspaceTokenKind {
  const kind = workspaceTokenKinds.find((each) => each === stored);
  if (kind === undefined) throw new Error(`workspace_tokens holds an unknown kind: ${stored}`);
  return kind;
}
