import { Injectable } from '@nestjs/common';
import type { Page, PageRequest, WorkspaceScope } from '#kernel';
import { Prisma, PrismaService } from '#prisma';
import { manifestOf } from './plugin-manifest.js';
import type { InstalledPlugin } from './plugins.types.js';

const columns = {
  id: true,
  name: true,
  source: true,
  manifest: true,
  sha256: true,
  sizeBytes: true,
  archiveId: true,
  archiveBytes: true,
  installedAt: true,
  updatedAt: true,
} satisfies Prisma.WorkspacePluginSelect;

type Tenant = Pick<WorkspaceScope, 'workspaceId'>;
type Row = Omit<InstalledPlugin, 'manifest'> & { manifest: unknown };

/** The rows of `workspace_plugins`. */
@Injectable()
export class PluginsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** One page of what is installed, by name. */
  async findMany({ workspaceId }: Tenant, page: PageRequest): Promise<Page<InstalledPlugin>> {
    const where = { workspaceId };
    const rows = await this.prisma.client.workspacePlugin.findMany({
      where,
      select: columns,
      orderBy: { name: 'asc' },
      take: page.limit,
      skip: page.offset,
    });
    return { items: rows.map(toDomain), total: await this.prisma.client.workspacePlugin.count({ where }) };
  }

  /** The installed plugin of a name, without its files. */
  async findByName({ workspaceId }: Tenant, name: string): Promise<InstalledPlugin | null> {
    const row = await this.prisma.client.workspacePlugin.findUnique({
      where: { workspaceId_name: { workspaceId, name } },
      select: columns,
    });
    return row && toDomain(row);
  }

  /** Keeps everybody else from installing and uninstalling in the workspace before the transaction ends. */
  async hold({ workspaceId }: Tenant): Promise<void> {
    await this.prisma.client.$queryRaw`SELECT 1 FROM workspaces WHERE id = ${workspaceId} FOR NO KEY UPDATE`;
  }

  /** How many plugins there are beside the one of that name, and the bytes of their files. */
  async weighOthers({ workspaceId }: Tenant, name: string): Promise<{ count: number; bytes: number }> {
    const { _count, _sum } = await this.prisma.client.workspacePlugin.aggregate({
      where: { workspaceId, name: { not: name } },
      _count: true,
      _sum: { sizeBytes: true },
    });
    return { count: _count, bytes: _sum.sizeBytes ?? 0 };
  }

  /** Writes a plugin in place of the one of that name; its first installation stays the first. */
  async put({ workspaceId }: Tenant, plugin: InstalledPlugin): Promise<InstalledPlugin> {
    const { id, name, installedAt, manifest, ...rest } = plugin;
    const data = {
      ...rest,
      version: manifest.version === '' ? null : manifest.version,
      manifest: { ...manifest } satisfies Prisma.InputJsonObject,
    };
    const row = await this.prisma.client.workspacePlugin.upsert({
      where: { workspaceId_name: { workspaceId, name } },
      create: { ...data, id, workspaceId, name, installedAt },
      update: data,
      select: columns,
    });
    return toDomain(row);
  }

  /** Removes a plugin and answers what it was; null when it was not there. */
  async remove(scope: Tenant, name: string): Promise<InstalledPlugin | null> {
    const found = await this.findByName(scope, name);
    if (found === null) return null;
    const { count } = await this.prisma.client.workspacePlugin.deleteMany({
      where: { id: found.id, workspaceId: scope.workspaceId },
    });
    return count > 0 ? found : null;
  }
}

function toDomain({ manifest, ...row }: Row): InstalledPlugin {
  return { ...row, manifest: manifestOf(manifest) };
}
