/** What the registry itself says of an entry. */
export interface RegistryMeta {
  status: string;
  publishedAt: string;
  updatedAt: string;
  isLatest: boolean;
}

/** One item of `GET /v0.1/servers`. */
export interface RegistryDocument {
  server: { name: string; version: string; description: string; [member: string]: unknown };
  _meta: Record<string, RegistryMeta>;
}

/** Entry number `n`; each was changed a minute after the one before. */
export function entryOf(n: number): RegistryDocument;
/** So many entries, in the order of their names. */
export function entries(count: number): RegistryDocument[];
/** What the registry itself says of an entry. */
export function metaOf(entry: RegistryDocument): RegistryMeta;
