import { z } from 'zod';
import { entryStatuses, type RegistryEntry, type SkippedEntry } from './mcp-registry.types.js';
import { serverSchema } from './registry-entry.schema.js';
import { findNameFault } from './registry-name.js';
import { summaryOf } from './registry-summary.js';

const officialMeta = 'io.modelcontextprotocol.registry/official';
const maxDocumentChars = 65_536;

const metaSchema = z.object({
  status: z.enum(entryStatuses).catch('active').default('active'),
  publishedAt: z.string().nullable().catch(null).default(null),
  updatedAt: z.string().nullable().catch(null).default(null),
  isLatest: z.boolean().catch(true).default(true),
});

const itemSchema = z.object({
  server: z.looseObject({ name: z.string() }),
  _meta: z.record(z.string(), z.unknown()).catch({}).default({}),
});

const pageSchema = z.object({
  servers: z.array(z.unknown()),
  metadata: z.object({ nextCursor: z.string().nullish(), next_cursor: z.string().nullish() }).nullish().catch(null),
});

/** One page of the registry, its entries each once. */
export interface RegistryPage {
  entries: RegistryEntry[];
  skipped: SkippedEntry[];
  /** Where the next page begins; null on the last. */
  nextCursor: string | null;
}

/** Reads a page; null when it has not the shape of the registry's answer. One bad entry never spoils the others. */
export function readPage(answer: unknown): RegistryPage | null {
  const page = pageSchema.safeParse(answer);
  if (!page.success) return null;
  const entries = new Map<string, RegistryEntry>();
  const skipped: SkippedEntry[] = [];
  for (const item of page.data.servers) {
    const read = readEntry(item);
    if ('reason' in read) skipped.push(read);
    else if (isNewer(read, entries.get(read.name))) entries.set(read.name, read);
  }
  const { nextCursor, next_cursor: olderName } = page.data.metadata ?? {};
  return { entries: [...entries.values()], skipped, nextCursor: nextCursor || olderName || null };
}

/** One entry of a page, or why it is left out. */
export function readEntry(item: unknown): RegistryEntry | SkippedEntry {
  const wrapped = itemSchema.safeParse(item);
  if (!wrapped.success) return { name: '', reason: 'It is not an entry with a named server.' };
  const { server, _meta } = wrapped.data;
  const fault = findNameFault(server.name);
  if (fault !== null) return { name: '', reason: fault };
  const { name } = server;
  const meta = metaSchema.safeParse(_meta[officialMeta] ?? {}).data ?? metaSchema.parse({});
  if (!meta.isLatest) return { name, reason: 'It is not the latest version.' };
  const read = serverSchema.safeParse(server);
  if (!read.success) return { name, reason: 'Its description cannot be read.' };
  const { title, websiteUrl, repository, icons, description, version, packages, remotes } = read.data;
  if (JSON.stringify([packages, remotes]).length > maxDocumentChars) {
    return { name, reason: `Its packages and remotes take more than ${maxDocumentChars} characters.` };
  }
  return {
    name,
    displayName: title || name,
    description,
    version,
    status: meta.status,
    icon: icons[0]?.src ?? '',
    homepageUrl: websiteUrl,
    sourceUrl: repository.url,
    packages,
    remotes,
    publishedAt: instantOf(meta.publishedAt),
    upstreamUpdatedAt: instantOf(meta.updatedAt),
    ...summaryOf({ packages, remotes }),
  };
}

function isNewer(entry: RegistryEntry, other: RegistryEntry | undefined): boolean {
  if (!other) return true;
  return (entry.upstreamUpdatedAt?.getTime() ?? 0) >= (other.upstreamUpdatedAt?.getTime() ?? 0);
}

const year10000 = 253_402_300_800_000;

function instantOf(text: string | null): Date | null {
  const at = text === null ? Number.NaN : Date.parse(text);
  return at >= 0 && at < year10000 ? new Date(at) : null;
}
