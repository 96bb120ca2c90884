import { isJsonObject, type JsonObject, type JsonValue, looksSecret, mask, parseJsonColumn } from '#vault';
import { mcpBlobErrors } from './mcp-blob.errors.js';

const field = 'mcp_config_json';
const mostServers = 50;

/** One server of a blob, in the words of {@link Blob}. */
export type BlobServer = JsonObject;

/** A parsed `mcp_config_json`: `{"mcpServers": {name: {command, args, env, url, headers, type, transport}}}`. */
export interface Blob {
  root: JsonObject;
  servers: ReadonlyMap<string, BlobServer>;
}

/**
 * Reads an `mcp_config_json` as a user sent it.
 * @throws AppError 400 when it is no JSON, has no `mcpServers` object, or a server in it is no object.
 */
export function parseBlob(text: string): Blob {
  const root = parseJsonColumn(text, field);
  const servers = isJsonObject(root) ? root.mcpServers : undefined;
  if (!isJsonObject(root) || !isJsonObject(servers)) throw mcpBlobErrors.noServers();
  const entries = Object.entries(servers);
  if (entries.length > mostServers) throw mcpBlobErrors.tooManyServers({ params: { most: mostServers } });
  return { root, servers: new Map(entries.map(([name, server]) => [name, serverOf(name, server)])) };
}

function serverOf(name: string, server: JsonValue): BlobServer {
  if (name.trim() === '' || name.length > 255) throw mcpBlobErrors.badServerName();
  if (!isJsonObject(server)) throw mcpBlobErrors.badServer({ params: { name } });
  return server;
}

/** The blob as everybody may see it: strings that look like secrets, by their key or form, are `***`. */
export function maskBlob(text: string): string {
  const root = parseBlob(text).root;
  const masked = masking(root, '');
  return same(root, masked) ? text : JSON.stringify(masked);
}

function masking(value: JsonValue, key: string): JsonValue {
  if (typeof value === 'string') return !value.includes('{{') && looksSecret(key, value) ? mask : value;
  if (Array.isArray(value)) return value.map((item) => masking(item, key));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, masking(item, name)]));
}

/**
 * The blob with every string that {@link maskBlob} would mask replaced by what `replace` answers for its place (keys and
 * positions, dots between) and value.
 */
export function replaceSecrets(text: string, replace: (path: string, value: string) => string): string {
  const root = parseBlob(text).root;
  const replaced = replacing(root, { key: '', path: '', replace });
  return same(root, replaced) ? text : JSON.stringify(replaced);
}

interface Replacing {
  key: string;
  path: string;
  replace: (path: string, value: string) => string;
}

function replacing(value: JsonValue, at: Replacing): JsonValue {
  const below = (name: string) => (at.path === '' ? name : `${at.path}.${name}`);
  if (typeof value === 'string') {
    return !value.includes('{{') && looksSecret(at.key, value) ? at.replace(at.path, value) : value;
  }
  if (Array.isArray(value)) return value.map((item, index) => replacing(item, { ...at, path: below(String(index)) }));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, replacing(item, { ...at, key: name, path: below(name) })]),
  );
}

/**
 * The blob with every `***` replaced by what the earlier blob has at the same place.
 * @throws AppError 400 when there is nothing to keep at one of them.
 */
export function unmaskBlob(text: string, earlier: string | null): string {
  const { root } = parseBlob(text);
  if (!text.includes(mask)) return text;
  return JSON.stringify(unmasking(root, earlier === null ? undefined : parseBlob(earlier).root, field));
}

function unmasking(value: JsonValue, earlier: JsonValue | undefined, path: string): JsonValue {
  if (value === mask) {
    if (typeof earlier === 'string') return earlier;
    throw mcpBlobErrors.nothingToKeep({ params: { path: path.slice(0, 200) } });
  }
  if (Array.isArray(value)) {
    const items = Array.isArray(earlier) ? earlier : [];
    return value.map((item, index) => unmasking(item, items[index], `${path}.${index}`));
  }
  if (!isJsonObject(value)) return value;
  const members = isJsonObject(earlier) ? new Map(Object.entries(earlier)) : new Map<string, JsonValue>();
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, unmasking(item, members.get(name), `${path}.${name}`)]),
  );
}

function same(left: JsonValue, right: JsonValue): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
