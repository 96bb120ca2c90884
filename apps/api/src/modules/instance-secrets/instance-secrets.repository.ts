import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '#kernel';
import { type Prisma, PrismaService } from '#prisma';
import type { InstanceSecret } from './instance-secrets.types.js';

const columns = { id: true, name: true, createdAt: true, updatedAt: true } satisfies Prisma.InstanceSecretSelect;

/** The rows of `instance_secrets`. */
@Injectable()
export class InstanceSecretsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** One page by name. */
  async findMany({ limit, offset }: PageRequest): Promise<Page<InstanceSecret>> {
    const items = await this.prisma.client.instanceSecret.findMany({
      select: columns,
      orderBy: { name: 'asc' },
      take: limit,
      skip: offset,
    });
    return { items, total: await this.count() };
  }

  /** How many there are. */
  count(): Promise<number> {
    return this.prisma.client.instanceSecret.count();
  }

  /** The names among these that have a value. */
  async findNames(names: readonly string[]): Promise<string[]> {
    const rows = await this.prisma.client.instanceSecret.findMany({
      where: { name: { in: [...names] } },
      select: { name: true },
    });
    return rows.map(({ name }) => name);
  }

  /** The sealed values of these names. */
  findSealed(names: readonly string[]): Promise<{ id: string; name: string; sealedValue: string }[]> {
    return this.prisma.client.instanceSecret.findMany({
      where: { name: { in: [...names] } },
      select: { id: true, name: true, sealedValue: true },
    });
  }

  /**
   * The row of a name, made where there is none and locked until the transaction ends: its id is what its value is sealed for.
   */
  async claim(row: InstanceSecret): Promise<InstanceSecret & { isNew: boolean }> {
    const rows = await this.prisma.client.$queryRaw<InstanceSecret[]>`
      INSERT INTO instance_secrets AS s (id, name, sealed_value, created_at, updated_at)
      VALUES (${row.id}, ${row.name}, '', ${row.createdAt}, ${row.updatedAt})
      ON CONFLICT (name) DO UPDATE SET updated_at = EXCLUDED.updated_at
      RETURNING id, name, created_at AS "createdAt", updated_at AS "updatedAt"`;
    const claimed = rows[0] ?? row;
    return { ...claimed, isNew: claimed.id === row.id };
  }

  /** Writes the sealed value of a claimed row. */
  async seal(id: string, sealedValue: string): Promise<void> {
    await this.prisma.client.instanceSecret.update({ where: { id }, data: { sealedValue }, select: { id: true } });
  }

  /** Removes one by its name; null when there is none. */
  async remove(name: string): Promise<InstanceSecret | null> {
    const [removed] = await this.prisma.client.$queryRaw<InstanceSecret[]>`
      DELETE FROM instance_secrets WHERE name = ${name}
      RETURNING id, name, created_at AS "createdAt", updated_at AS "updatedAt"`;
    return removed ?? null;
  }
}
