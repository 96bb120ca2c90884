import { isJsonObject, type JsonValue } from '#vault';
import type { BlobServer } from '../mcp-blobs/mcp-blob.js';
import type { Transport } from '../server-settings/server-settings.types.js';

/** A server of a blob, in the words of crew integrations. */
export interface ImportedServer {
  name: string;
  displayName: string;
  transport: Transport;
  endpoint: string | null;
  command: string | null;
  argsJson: string | null;
  envJson: string | null;
  configJson: string | null;
}

/** Reads one server of an `mcp_config_json`. It speaks HTTP when it says so, or when it has neither command nor URL. */
export function importedServer(name: string, server: BlobServer): ImportedServer {
  const text = (member: string): string | null => textOf(server[member]);
  const isHttp =
    text('transport') === 'streamable-http' || text('type') === 'http' || (!text('command') && !text('url'));
  return {
    name,
    displayName: titleOf(name),
    transport: isHttp || (!text('command') && text('url')) ? 'streamable-http' : 'stdio',
    endpoint: text('url'),
    command: text('command'),
    argsJson: jsonOf(server.args),
    envJson: jsonOf(server.env),
    configJson: isJsonObject(server.headers) ? JSON.stringify({ headers: server.headers }) : null,
  };
}

function textOf(value: JsonValue | undefined): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

function jsonOf(value: JsonValue | undefined): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value);
}

// `github-mcp` is shown as `Github Mcp`.
function titleOf(name: string): string {
  return name
    .replaceAll('-', ' ')
    .replace(/(^|\s)(\p{Ll})/gu, (_match, gap: string, letter: string) => gap + letter.toUpperCase());
}
