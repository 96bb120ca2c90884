import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { type Prisma, PrismaService } from '#prisma';
import { type RegistrySync, type SkippedEntry, syncModes, syncStates } from './mcp-registry.types.js';

const only = 'registry';

const stateSchema = z.enum(syncStates);
const modeSchema = z.enum(syncModes).nullable();
const skipsSchema = z.array(z.object({ name: z.string(), reason: z.string() }));

const columns = {
  source: true,
  state: true,
  mode: true,
  run: true,
  cursor: true,
  watermark: true,
  nextWatermark: true,
  leaseUntil: true,
  generation: true,
  pages: true,
  entries: true,
  removed: true,
  skipped: true,
  skips: true,
  startedAt: true,
  finishedAt: true,
  lastSuccessAt: true,
  lastFullAt: true,
  lastError: true,
  failures: true,
  nextRunAt: true,
  cooldownUntil: true,
} satisfies Prisma.RegistrySyncSelect;

/** What a change of the sync writes. */
export type SyncChange = Partial<Omit<RegistrySync, 'generation'>> & { leaseOwner?: string | null };

/** The row of the one sync. Its holder is known by the generation, so that one that lost its lease changes nothing. */
@Injectable()
export class RegistrySyncRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** The sync as it stands; null before the first one. */
  async find(): Promise<RegistrySync | null> {
    const row = await this.prisma.client.registrySync.findUnique({ where: { id: only }, select: columns });
    return (
      row && { ...row, state: stateSchema.parse(row.state), mode: modeSchema.parse(row.mode), skips: skipsOf(row) }
    );
  }

  /** The sync, kept from everybody else until the transaction ends. Made if there was none. */
  async lock(source: string): Promise<RegistrySync> {
    await this.prisma.client.$executeRaw`
      INSERT INTO mcp_registry_sync (id, source) VALUES (${only}, ${source}) ON CONFLICT (id) DO NOTHING`;
    await this.prisma.client.$queryRaw`SELECT 1 FROM mcp_registry_sync WHERE id = ${only} FOR UPDATE`;
    const row = await this.find();
    if (!row) throw new Error('the row of the sync is gone');
    return row;
  }

  /** Makes somebody the holder. Answers the generation that they write under. */
  async take(change: SyncChange & { leaseUntil: Date }): Promise<number> {
    const row = await this.prisma.client.registrySync.update({
      where: { id: only },
      data: { ...dataOf(change), state: 'running', generation: { increment: 1 } },
      select: { generation: true },
    });
    return row.generation;
  }

  /** Writes as the holder. False when somebody else is it by now: nothing was written. */
  async write(generation: number, change: SyncChange, added: Partial<Record<Counter, number>> = {}): Promise<boolean> {
    const increments = Object.entries(added).map(([name, increment]) => [name, { increment }]);
    const { count } = await this.prisma.client.registrySync.updateMany({
      where: { id: only, generation },
      data: { ...dataOf(change), ...(Object.fromEntries(increments) as object) },
    });
    return count > 0;
  }
}

/** What grows while a run goes on. */
export type Counter = 'pages' | 'entries' | 'removed' | 'skipped';

function dataOf({ skips, ...change }: SyncChange) {
  return { ...change, ...(skips && { skips: skips.map(({ name, reason }) => ({ name, reason })) }) };
}

function skipsOf({ skips }: { skips: unknown }): SkippedEntry[] {
  return skipsSchema.parse(skips);
}
