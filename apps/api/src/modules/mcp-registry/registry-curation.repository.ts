import { Injectable } from '@nestjs/common';
import { PrismaService } from '#prisma';
import type { RegistryServer } from './mcp-registry.types.js';

/** The columns that no sync writes. */
export type Curation = Pick<RegistryServer, 'trustTier' | 'isFeatured' | 'category'>;

/** Writing what this instance says of entries. */
@Injectable()
export class RegistryCurationRepository {
  constructor(private readonly prisma: PrismaService) {}

  /**
   * Keeps a page of the sync waiting until the transaction ends. Both write entries and then their revision; in the order of
   * who has the sync's row neither can wait for the other.
   */
  async holdSync(): Promise<void> {
    await this.prisma.client.$queryRaw<unknown[]>`SELECT 1 FROM mcp_registry_sync FOR UPDATE`;
  }

  /** Writes what is given of the three. */
  async write(name: string, curation: Partial<Curation>): Promise<void> {
    await this.prisma.client.registryServer.update({ where: { name }, data: curation, select: { name: true } });
  }
}
