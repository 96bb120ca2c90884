import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import { type Prisma, PrismaService } from '#prisma';

const columns = {
  id: true,
  name: true,
  type: true,
  provider: true,
  sealedValue: true,
  tokenVersion: true,
} satisfies Prisma.CredentialSelect;

/** A credential with the value that is tried out. */
export type CheckedCredential = Prisma.CredentialGetPayload<{ select: typeof columns }>;

/** What a try leaves on a credential. */
export type CheckOutcome = Pick<
  Prisma.CredentialUpdateManyMutationInput,
  'lastCheckedAt' | 'lastError' | 'lastErrorClass' | 'lastOkAt'
>;

/** Sealed values on their way to a provider, and what a try found. */
@Injectable()
export class CredentialChecksRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** A live credential of the workspace. */
  findById(scope: WorkspaceScope, id: string): Promise<CheckedCredential | null> {
    return this.prisma.client.credential.findFirst({
      where: { id, workspaceId: scope.workspaceId, deletedAt: null },
      select: columns,
    });
  }

  /** Writes an outcome unless the credential has another value by now. Answers whether it was written. */
  async note(scope: WorkspaceScope, { id, tokenVersion }: CheckedCredential, outcome: CheckOutcome): Promise<boolean> {
    const where = { id, workspaceId: scope.workspaceId, deletedAt: null, tokenVersion };
    const { count } = await this.prisma.client.credential.updateMany({ where, data: outcome });
    return count > 0;
  }
}
