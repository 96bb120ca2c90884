import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import { type Prisma, PrismaService } from '#prisma';

const columns = {
  id: true,
  workspaceId: true,
  name: true,
  type: true,
  status: true,
  username: true,
  tokenExpiresAt: true,
  tokenVersion: true,
  sealedValue: true,
  sealedPreviousValue: true,
  previousValueUntil: true,
  sealedRefreshToken: true,
  sealedOauthClientSecret: true,
  oauthClientId: true,
  oauthTokenUrl: true,
  oauthIssuer: true,
  oauthResource: true,
  oauthProvider: true,
  oauthTokenAuthMethod: true,
} satisfies Prisma.CredentialSelect;

/** A credential with everything that is sealed of it. */
export type SealedCredential = Prisma.CredentialGetPayload<{ select: typeof columns }>;

/** Sealed columns for rotation and revocation. Nothing of them is answered. */
@Injectable()
export class RotatedCredentialsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** A live credential of the workspace. */
  findSealed(scope: WorkspaceScope, id: string): Promise<SealedCredential | null> {
    return this.prisma.client.credential.findFirst({
      where: { id, workspaceId: scope.workspaceId, deletedAt: null },
      select: columns,
    });
  }

  /** Forgets the values before a rotation whose time is over, of all workspaces. Answers how many. */
  async forgetPrevious(now: Date): Promise<number> {
    const { count } = await this.prisma.client.credential.updateMany({
      where: { previousValueUntil: { lte: now } },
      data: { sealedPreviousValue: null, previousValueUntil: null },
    });
    return count;
  }
}
