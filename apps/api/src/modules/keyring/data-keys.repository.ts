import { Injectable } from '@nestjs/common';
import { Clock } from '#kernel';
import { type Prisma, PrismaService } from '#prisma';
import { DataKeys, type WrappedDataKey } from '#vault';

const columns = { id: true, workspaceId: true, keyVersion: true, wrapped: true } satisfies Prisma.DataKeySelect;

/** The rows of `data_keys`. */
@Injectable()
export class DataKeysRepository extends DataKeys {
  constructor(
    private readonly prisma: PrismaService,
    private readonly clock: Clock,
  ) {
    super();
  }

  findCurrent(workspaceId: string): Promise<WrappedDataKey | null> {
    return this.prisma.client.dataKey.findFirst({
      where: { workspaceId },
      orderBy: { generation: 'desc' },
      select: columns,
    });
  }

  findById(workspaceId: string, keyId: string): Promise<WrappedDataKey | null> {
    return this.prisma.client.dataKey.findFirst({ where: { id: keyId, workspaceId }, select: columns });
  }

  async insertIfAbsent(key: WrappedDataKey): Promise<WrappedDataKey> {
    const createdAt = this.clock.now();
    await this.prisma.client.dataKey.createMany({
      data: [{ ...key, generation: 1, madeUnder: key.keyVersion, createdAt }],
      skipDuplicates: true,
    });
    return this.prisma.client.dataKey.findFirstOrThrow({
      where: { workspaceId: key.workspaceId },
      orderBy: { generation: 'desc' },
      select: columns,
    });
  }
}
