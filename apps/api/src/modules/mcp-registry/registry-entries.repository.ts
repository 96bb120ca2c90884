import { Injectable } from '@nestjs/common';
import { PrismaService } from '#prisma';
import type { RegistryEntry } from './mcp-registry.types.js';

/** The run that writes, and its time. */
export interface Sighting {
  run: number;
  now: Date;
}

/** Writing entries. Curated columns (`trust_tier`, `is_featured`, `category`) are in none of these statements. */
@Injectable()
export class RegistryEntriesRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** Writes listed entries in one statement. Of one run's several versions of a name the latest change stays. */
  async upsert(entries: readonly RegistryEntry[], { run, now }: Sighting): Promise<void> {
    if (entries.length === 0) return;
    await this.prisma.client.$executeRaw`
      INSERT INTO mcp_registry_servers AS known (
        name, display_name, description, version, status, icon, homepage_url, source_url, transport, package_name,
        package_registry, command, endpoint, auth_type, packages, remotes, published_at, upstream_updated_at,
        seen_run, synced_at)
      SELECT name, "displayName", description, version, status, icon, "homepageUrl", "sourceUrl", transport, "packageName",
        "packageRegistry", command, endpoint, "authType", packages, remotes, "publishedAt", "upstreamUpdatedAt",
        ${run}::int, ${now}::timestamptz
      FROM jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) AS entry (
        name text, "displayName" text, description text, version text, status text, icon text, "homepageUrl" text,
        "sourceUrl" text, transport text, "packageName" text, "packageRegistry" text, command text, endpoint text,
        "authType" text, packages jsonb, remotes jsonb, "publishedAt" timestamptz, "upstreamUpdatedAt" timestamptz)
      ON CONFLICT (name) DO UPDATE SET
        display_name = excluded.display_name, description = excluded.description, version = excluded.version,
        status = excluded.status, icon = excluded.icon, homepage_url = excluded.homepage_url,
        source_url = excluded.source_url, transport = excluded.transport, package_name = excluded.package_name,
        package_registry = excluded.package_registry, command = excluded.command, endpoint = excluded.endpoint,
        auth_type = excluded.auth_type, packages = excluded.packages, remotes = excluded.remotes,
        published_at = excluded.published_at, upstream_updated_at = excluded.upstream_updated_at,
        seen_run = excluded.seen_run, synced_at = excluded.synced_at, deleted_at = NULL
      WHERE known.seen_run <> excluded.seen_run
        OR coalesce(excluded.upstream_updated_at, '-infinity') >= coalesce(known.upstream_updated_at, '-infinity')`;
  }

  /** Marks entries as gone. Answers how many were listed until now. */
  removeNamed(names: readonly string[], { run, now }: Sighting): Promise<number> {
    if (names.length === 0) return Promise.resolve(0);
    return this.prisma.client.$executeRaw`
      UPDATE mcp_registry_servers SET deleted_at = ${now}, status = 'deleted', seen_run = ${run}, synced_at = ${now}
      WHERE name = ANY(${[...names]}::text[]) AND deleted_at IS NULL`;
  }

  /** Marks everything as gone that the run did not see. Answers how many entries that were. */
  removeUnseen({ run, now }: Sighting): Promise<number> {
    return this.prisma.client.$executeRaw`
      UPDATE mcp_registry_servers SET deleted_at = ${now} WHERE deleted_at IS NULL AND seen_run <> ${run}`;
  }

  /** Keeps entries as they are: the run saw them, though in a form that could not be read. */
  async keep(names: readonly string[], { run }: Sighting): Promise<void> {
    if (names.length === 0) return;
    await this.prisma.client.$executeRaw`
      UPDATE mcp_registry_servers SET seen_run = ${run} WHERE name = ANY(${[...names]}::text[]) AND deleted_at IS NULL`;
  }

  /** Whether the run saw any entry that is listed, or nothing is listed anyway. */
  async sawAny({ run }: Sighting): Promise<boolean> {
    const rows = await this.prisma.client.$queryRaw<{ saw: boolean }[]>`
      SELECT EXISTS (SELECT 1 FROM mcp_registry_servers WHERE deleted_at IS NULL AND seen_run = ${run})
        OR NOT EXISTS (SELECT 1 FROM mcp_registry_servers WHERE deleted_at IS NULL) AS saw`;
    return rows[0]?.saw ?? false;
  }
}
