import { Injectable } from '@nestjs/common';
import { type Page, type PageRequest, type WorkspaceRole, workspaceRoles } from '#kernel';
import { type Prisma, PrismaService } from '#prisma';
import type { CliToken } from './cli-tokens.types.js';

const columns = {
  id: true,
  name: true,
  tier: true,
  scopes: true,
  createdAt: true,
  expiresAt: true,
  lastUsedAt: true,
  revokedAt: true,
} satisfies Prisma.CliTokenSelect;

/** The rows of `cli_tokens`. */
@Injectable()
export class CliTokensRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** One page of the user's tokens, revoked ones included, newest first, ties broken by id. */
  async findMany(userId: string, page: PageRequest): Promise<Page<CliToken>> {
    const where = { userId };
    const rows = await this.prisma.client.cliToken.findMany({
      where,
      select: columns,
      orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
      take: page.limit,
      skip: page.offset,
    });
    return { items: rows.map(toDomain), total: await this.prisma.client.cliToken.count({ where }) };
  }

  /** One token of the user. */
  async findById(userId: string, id: string): Promise<CliToken | null> {
    const row = await this.prisma.client.cliToken.findFirst({ where: { id, userId }, select: columns });
    return row && toDomain(row);
  }

  /** When a token ends, holding its row so that it is not revoked before the transaction ends. Null: it is revoked. */
  async findEndAndHold(id: string): Promise<{ expiresAt: Date | null } | null> {
    const rows = await this.prisma.client.$queryRaw<{ expiresAt: Date | null }[]>`
      SELECT expires_at AS "expiresAt" FROM cli_tokens WHERE id = ${id} AND revoked_at IS NULL FOR SHARE`;
    return rows[0] ?? null;
  }

  /** Adds a token. */
  async insert(userId: string, { scopes, ...row }: CliToken, tokenHash: string): Promise<void> {
    await this.prisma.client.cliToken.create({
      data: { ...row, scopes: [...scopes], userId, tokenHash },
      select: { id: true },
    });
  }

  /** Ends a token of the user. False when it had been ended before. */
  async revoke(userId: string, id: string, now: Date): Promise<boolean> {
    const { count } = await this.prisma.client.cliToken.updateMany({
      where: { id, userId, revokedAt: null },
      data: { revokedAt: now },
    });
    return count > 0;
  }

  /** The highest role that the user has in any live workspace. */
  async findBestRole(userId: string): Promise<WorkspaceRole | null> {
    const rows = await this.prisma.client.workspaceMember.findMany({
      where: { userId, workspace: { deletedAt: null } },
      select: { role: true },
      distinct: ['role'],
    });
    return workspaceRoles.find((role) => rows.some((row) => row.role === role)) ?? null;
  }
}

function toDomain(row: Omit<CliToken, 'tier'> & { tier: string }): CliToken {
  return { ...row, tier: row.tier === 'ADMIN' ? 'ADMIN' : 'STANDARD' };
}
