import { Injectable } from '@nestjs/common';
import { isRetryable, PrismaService } from '#prisma';

/** Parts of a transaction that may fail on their own. */
@Injectable()
export class SavepointsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /**
   * Does the work within the running transaction. What it wrote is undone when it throws, and the error is the answer; null
   * when it did not. @throws what makes the whole transaction fail: a deadlock, a lost connection.
   */
  async isolate(work: () => Promise<void>): Promise<{ error: unknown } | null> {
    const { client } = this.prisma;
    await client.$executeRaw`SAVEPOINT part`;
    try {
      await work();
      await client.$executeRaw`RELEASE SAVEPOINT part`;
      return null;
    } catch (error) {
      if (isRetryable(error)) throw error;
      await client.$executeRaw`ROLLBACK TO SAVEPOINT part`;
      return { error };
    }
  }
}
