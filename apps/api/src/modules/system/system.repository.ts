import { Injectable } from '@nestjs/common';
import { PrismaService } from '#prisma';

/** What the system asks its database about itself. */
@Injectable()
export class SystemRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** Resolves when the database answers. */
  ping(): Promise<void> {
    return this.prisma.ping();
  }

  /** Name of the newest migration that is in place. */
  async findSchemaVersion(): Promise<string | null> {
    const [newest] = await this.prisma.client.$queryRaw<{ name: string }[]>`
      SELECT migration_name AS name FROM _prisma_migrations
      WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name DESC LIMIT 1`;
    return newest?.name ?? null;
  }
}
