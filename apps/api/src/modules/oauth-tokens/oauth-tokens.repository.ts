import { Injectable } from '@nestjs/common';
import { PrismaService } from '#prisma';
import type { RenewableCredential, SealedTokens, TokenScope } from './oauth-tokens.types.js';

/** Tokens in the columns of `credentials`. */
@Injectable()
export class OauthTokensRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** Those of the credentials that have a refresh token and the means to use it. */
  findRenewable(scope: TokenScope, ids: readonly string[]): Promise<RenewableCredential[]> {
    return this.prisma.client.credential.findMany({
      where: {
        id: { in: [...ids] },
        workspaceId: scope.workspaceId,
        type: 'OAUTH2',
        status: 'ACTIVE',
        deletedAt: null,
        sealedRefreshToken: { not: null },
        oauthTokenUrl: { not: null },
        oauthClientId: { not: null },
      },
      select: { id: true, workspaceId: true, tokenExpiresAt: true, nextRefreshAt: true },
    });
  }

  /**
   * Replaces the token of a live credential, whatever state it is in, and answers its name; null when there is none. A
   * refresh that is under way finds another version and is dropped.
   */
  async replace(scope: TokenScope, id: string, tokens: SealedTokens, now: Date): Promise<{ name: string } | null> {
    const { sealedRefreshToken, grantedScopes, ...columns } = tokens;
    const rows = await this.prisma.client.credential.updateManyAndReturn({
      where: { id, workspaceId: scope.workspaceId, deletedAt: null },
      data: {
        ...columns,
        ...(sealedRefreshToken !== null && { sealedRefreshToken }),
        ...(grantedScopes !== null && { oauthGrantedScopes: grantedScopes }),
        status: 'ACTIVE',
        tokenVersion: { increment: 1 },
        lastOkAt: now,
        lastError: null,
        lastErrorClass: null,
        refreshFailures: 0,
        refreshLeaseOwner: null,
        refreshLeaseUntil: null,
        updatedAt: now,
      },
      select: { name: true },
    });
    return rows[0] ?? null;
  }

  /** Whether the credential has a refresh token. Waits for whoever changes it, and keeps it until the transaction ends. */
  async lockRefreshToken(scope: TokenScope, id: string): Promise<boolean> {
    const rows = await this.prisma.client.$queryRaw<{ present: boolean }[]>`
      SELECT sealed_refresh_token IS NOT NULL AS present FROM credentials
      WHERE id = ${id} AND workspace_id = ${scope.workspaceId} AND deleted_at IS NULL FOR NO KEY UPDATE`;
    return rows[0]?.present ?? false;
  }
}
