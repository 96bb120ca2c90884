import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { PageRequest } from '#kernel';
import { Prisma, PrismaService, sharedReads } from '#prisma';
import { entryStatuses, type RegistryServer, trustTiers } from './mcp-registry.types.js';
import { packagesSchema, remotesSchema } from './registry-entry.schema.js';
import type { RegistryFilter } from './registry-filter.js';
import type { RegistryRead } from './registry-pages.js';

const columns = Prisma.sql`
  s.name, s.display_name AS "displayName", s.description, s.version, s.status, s.icon, s.homepage_url AS "homepageUrl",
  s.source_url AS "sourceUrl", s.transport, s.package_name AS "packageName", s.package_registry AS "packageRegistry",
  s.command, s.endpoint, s.auth_type AS "authType", s.packages, s.remotes, s.published_at AS "publishedAt",
  s.upstream_updated_at AS "upstreamUpdatedAt", s.category, s.trust_tier AS "trustTier", s.is_featured AS "isFeatured",
  s.synced_at AS "syncedAt"`;

type ServerRow = Omit<RegistryServer, 'packages' | 'remotes' | 'status' | 'trustTier'> & {
  packages: unknown;
  remotes: unknown;
  status: string;
  trustTier: string;
};

/** What every row of a page tells beside its entry. */
interface PageRow {
  /** Null in the one row of a page that is empty. */
  name: string | null;
  total: number;
  revision: bigint | null;
}

const revision = Prisma.sql`(SELECT v.revision FROM mcp_registry_revision v WHERE v.id = 'registry')`;

const statusSchema = z.enum(entryStatuses);
const trustTierSchema = z.enum(trustTiers);

/** Reading entries. Those that are gone from the registry are not there. */
@Injectable()
export class McpRegistryRepository {
  readonly #revision: (key: string) => Promise<bigint | null>;
  // A search that no index helps reads the whole table: one at a time, so that they never take all connections.
  #scan: Promise<unknown> = Promise.resolve();

  constructor(private readonly prisma: PrismaService) {
    const statement = Prisma.sql`SELECT ${revision} AS revision`;
    const read = async (keys: readonly string[]) => {
      const [row] = await prisma.rows<{ revision: bigint | null }>(statement);
      return keys.map(() => row?.revision ?? null);
    };
    this.#revision = sharedReads(read, {
      identity: (key) => key,
      maxBatch: 1_000,
      maxInFlight: 2,
    });
  }

  /** Raised with every change of the entries, whoever made it. Callers of one moment share the statement. */
  revision(): Promise<bigint | null> {
    return this.#revision('registry');
  }

  /**
   * One page: featured entries first, then by the bytes of the name. Counting and skipping read the index alone; of the
   * table only the page is read.
   */
  findMany(filter: RegistryFilter, page: PageRequest): Promise<RegistryRead<RegistryServer>> {
    const listed = listedBy(filter);
    return this.#page(Prisma.sql`
      WITH shown AS MATERIALIZED (
        SELECT s.name FROM mcp_registry_servers s WHERE ${listed}
        ORDER BY s.is_featured DESC, s.name LIMIT ${page.limit} OFFSET ${page.offset}
      )
      SELECT ${columns}, t.total, ${revision} AS revision
      FROM (SELECT count(*)::int AS total FROM mcp_registry_servers s WHERE ${listed}) t
      LEFT JOIN (shown JOIN mcp_registry_servers s ON s.name = shown.name) ON true
      ORDER BY s.is_featured DESC, s.name`);
  }

  /**
   * One page of what holds the pattern, as `patternOf` makes it: featured entries first, then those that have it in
   * their name, then by the bytes of the name. Hits are found by index, counted and sorted without their wide columns.
   */
  async search(pattern: string, filter: RegistryFilter, page: PageRequest): Promise<RegistryRead<RegistryServer>> {
    const isIndexed = threeInARow.test(pattern);
    const statement = Prisma.sql`
      WITH hits AS MATERIALIZED (
        SELECT s.name, s.is_featured, lower(s.name) LIKE lower(${pattern}) AS by_name FROM mcp_registry_servers s
        WHERE ${isIndexed ? Prisma.sql`s.search_text` : Prisma.sql`(s.search_text || '')`} LIKE lower(${pattern}) AND ${listedBy(filter)}
      ), shown AS (
        SELECT * FROM hits ORDER BY is_featured DESC, by_name DESC, name LIMIT ${page.limit} OFFSET ${page.offset}
      )
      SELECT ${columns}, t.total, ${revision} AS revision
      FROM (SELECT count(*)::int AS total FROM hits) t
      LEFT JOIN (shown JOIN mcp_registry_servers s ON s.name = shown.name) ON true
      ORDER BY shown.is_featured DESC, shown.by_name DESC, s.name`;
    if (isIndexed) return this.#page(statement);
    const scan = this.#scan.then(() => this.#page(statement));
    this.#scan = scan.catch(() => undefined);
    return scan;
  }

  /** One entry. */
  async findByName(name: string): Promise<RegistryServer | null> {
    const rows = await this.prisma.client.$queryRaw<ServerRow[]>`
      SELECT ${columns} FROM mcp_registry_servers s WHERE s.name = ${name} AND s.deleted_at IS NULL`;
    return rows[0] ? serverOf(rows[0]) : null;
  }

  async #page(statement: Prisma.Sql): Promise<RegistryRead<RegistryServer>> {
    const rows = await this.prisma.rows<ServerRow & PageRow>(statement);
    // A page behind the end still tells the total, in a row of its own without an entry.
    const items = rows.flatMap(({ total: _, revision: __, ...row }) => (row.name === null ? [] : [serverOf(row)]));
    return { items, total: rows[0]?.total ?? 0, revision: rows[0]?.revision ?? null };
  }
}

// The index knows three characters in a row and more. For less it would be read as a whole and the table too, which a
// plan made for any pattern does not foresee; so those patterns get a statement of their own, which reads the table once.
const threeInARow = /[\p{L}\p{N}]{3}/u;

function listedBy({ trustTier, isFeatured }: RegistryFilter): Prisma.Sql {
  const conditions = [Prisma.sql`s.deleted_at IS NULL`];
  if (trustTier !== null) conditions.push(Prisma.sql`s.trust_tier = ${trustTier}`);
  if (isFeatured !== null) conditions.push(Prisma.sql`s.is_featured = ${isFeatured}`);
  return Prisma.join(conditions, ' AND ');
}

function serverOf(row: ServerRow): RegistryServer {
  return {
    ...row,
    packages: packagesSchema.parse(row.packages),
    remotes: remotesSchema.parse(row.remotes),
    status: statusSchema.parse(row.status),
    trustTier: trustTierSchema.parse(row.trustTier),
  };
}
