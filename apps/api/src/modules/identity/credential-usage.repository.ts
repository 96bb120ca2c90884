import { Injectable } from '@nestjs/common';
import { PrismaService } from '#prisma';

/** `last_used_at` of tokens and sessions. */
@Injectable()
export class CredentialUsageRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** Sets it on those tokens that were last used at `unless` or before; other replicas may have been faster. */
  async touchTokens(ids: readonly string[], now: Date, unless: Date): Promise<void> {
    await this.prisma.client.cliToken.updateMany({
      where: { id: { in: [...ids] }, OR: [{ lastUsedAt: null }, { lastUsedAt: { lte: unless } }] },
      data: { lastUsedAt: now },
    });
  }

  /** The same for tokens of workspaces. */
  async touchWorkspaceTokens(ids: readonly string[], now: Date, unless: Date): Promise<void> {
    await this.prisma.client.workspaceToken.updateMany({
      where: { id: { in: [...ids] }, OR: [{ lastUsedAt: null }, { lastUsedAt: { lte: unless } }] },
      data: { lastUsedAt: now },
    });
  }

  /** The same for sessions. */
  async touchSessions(ids: readonly string[], now: Date, unless: Date): Promise<void> {
    await this.prisma.client.userSession.updateMany({
      where: { id: { in: [...ids] }, lastUsedAt: { lte: unless } },
      data: { lastUsedAt: now },
    });
  }
}
