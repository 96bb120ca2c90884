import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import { Prisma, PrismaService } from '#prisma';
import type { UpstreamServer } from './composio-bindings.types.js';

type Tenant = Pick<WorkspaceScope, 'workspaceId'>;

const columns = {
  id: true,
  name: true,
  toolkit: true,
  wantedTools: true,
  allowedTools: true,
  authConfigIds: true,
  upstreamId: true,
  keyFingerprint: true,
  failures: true,
  nextAttemptAt: true,
  lastError: true,
  createdAt: true,
} satisfies Prisma.ComposioServerSelect;

/** What nothing refers to: neither an agent's app nor a default connector. */
const unused = { bindings: { none: {} }, defaultOf: null } satisfies Prisma.ComposioServerWhereInput;

/** What a change writes; members that are undefined stay. */
export type UpstreamServerChange = Partial<Omit<UpstreamServer, 'id' | 'name' | 'toolkit' | 'createdAt'>>;

/** The rows of `composio_servers`: every server that we made at Composio. */
@Injectable()
export class ComposioServersRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** The workspace's servers that have one of the names. */
  findNamed({ workspaceId }: Tenant, names: readonly string[]): Promise<UpstreamServer[]> {
    return this.prisma.client.composioServer.findMany({
      where: { workspaceId, name: { in: [...names] } },
      select: columns,
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    });
  }

  /** Who has noted the server of this id at Composio, in whatever workspace; null when nobody has. */
  async findByUpstreamId(upstreamId: string): Promise<(UpstreamServer & { workspaceId: string }) | null> {
    return this.prisma.client.composioServer.findFirst({
      where: { upstreamId },
      select: { ...columns, workspaceId: true },
      orderBy: { id: 'asc' },
    });
  }

  /** A server that the agent uses and that was made with another key; null when there is none. */
  findOfOtherKey({ workspaceId }: Tenant, agentId: string, keyFingerprint: string): Promise<UpstreamServer | null> {
    return this.prisma.client.composioServer.findFirst({
      where: { workspaceId, keyFingerprint: { not: keyFingerprint }, bindings: { some: { agentId } } },
      select: columns,
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    });
  }

  /** Notes a server, before or after it is made. */
  async insert({ workspaceId }: Tenant, row: UpstreamServer): Promise<void> {
    await this.prisma.client.composioServer.create({
      data: { ...row, workspaceId, updatedAt: row.createdAt },
      select: { id: true },
    });
  }

  /** Writes a change. False when there is no such row. */
  async update({ workspaceId }: Tenant, id: string, change: UpstreamServerChange, now: Date): Promise<boolean> {
    const { count } = await this.prisma.client.composioServer.updateMany({
      where: { id, workspaceId },
      data: { ...change, updatedAt: now },
    });
    return count > 0;
  }

  /** Forgets a server, unless something refers to it. Answers its name, null when there was none. */
  async remove({ workspaceId }: Tenant, id: string): Promise<string | null> {
    const where = { id, workspaceId, ...unused };
    const row = await this.prisma.client.composioServer.findFirst({ where, select: { name: true } });
    const { count } = await this.prisma.client.composioServer.deleteMany({ where });
    return row !== null && count > 0 ? row.name : null;
  }

  /** Servers that nothing refers to, oldest first. With `due` only those that were never tried or whose moment has come. */
  findLeftovers({ workspaceId }: Tenant, due: Date | null, take: number): Promise<UpstreamServer[]> {
    return this.prisma.client.composioServer.findMany({
      where: { workspaceId, ...unused, ...(due && { OR: [{ failures: 0 }, { nextAttemptAt: { lte: due } }] }) },
      select: columns,
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      take,
    });
  }

  /** One page of them, and how many there are. */
  async findLeftoverPage({ workspaceId }: Tenant, { limit, offset }: { limit: number; offset: number }) {
    const where = { workspaceId, ...unused };
    const items = await this.prisma.client.composioServer.findMany({
      where,
      select: columns,
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      take: limit,
      skip: offset,
    });
    return { items, total: await this.prisma.client.composioServer.count({ where }) };
  }

  /** Workspaces with leftovers that are due, longest due first. */
  async findWorkspacesWithLeftovers(now: Date, take: number): Promise<string[]> {
    const rows = await this.prisma.client.$queryRaw<{ workspaceId: string }[]>`
      SELECT s.workspace_id AS "workspaceId" FROM composio_servers s
      WHERE (s.failures = 0 OR s.next_attempt_at <= ${now})
        AND NOT EXISTS (SELECT 1 FROM composio_bindings b WHERE b.server_id = s.id)
        AND NOT EXISTS (SELECT 1 FROM composio_workspaces w WHERE w.default_server_id = s.id)
      GROUP BY s.workspace_id ORDER BY min(s.next_attempt_at), s.workspace_id LIMIT ${take}`;
    return rows.map(({ workspaceId }) => workspaceId);
  }
}
