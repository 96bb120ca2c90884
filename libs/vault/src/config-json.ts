import { withoutReferences } from './credential-references.js';
import { isJsonObject, type JsonObject, type JsonValue, parseJsonColumn } from './json-column.js';
import { ServerConfigFaults, shortened } from './server-config.errors.js';

/** `config_json` of a server, or `config_override_json` of a binding, as parsed. */
export interface ParsedConfig {
  /** The whole object as sent, `headers` included. */
  config: JsonObject;
  /** HTTP headers to send, names as sent. Without those that an override removes by `null`. */
  headers: ReadonlyMap<string, string>;
}

/** How to read a configuration. */
export interface ConfigOptions {
  /** Name of the column for errors. Default `config_json`. */
  field?: string;
  /** Whether this is a merge patch (RFC 7396) over a wider level, in which a header may be `null`. Default false. */
  patch?: boolean;
}

const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

// Hop-by-hop and framing headers belong to the connection, the mcp- ones and last-event-id to the protocol's client.
const deniedHeaders = new Set(
  `host content-length transfer-encoding connection keep-alive proxy-connection proxy-authenticate proxy-authorization te
  trailer upgrade expect http2-settings mcp-session-id mcp-protocol-version mcp-method mcp-name last-event-id`.split(
    /\s+/,
  ),
);

/** Whether a header may carry this value (RFC 9110 §5.5): no CR, LF, NUL or other controls, nothing above U+00FF. */
export function isHeaderValue(value: string): boolean {
  return /^[\t\u0020-\u007e\u0080-\u00ff]*$/.test(value);
}

/**
 * Reads `config_json`: a JSON object of at most 64 KiB, whose `headers`, if present, is an object of strings. Blank text is
 * an empty object. A rendered value must be checked with {@link isHeaderValue} again: credentials may hold a line break.
 * @throws AppError `server_config.invalid` (400) that lists every fault.
 */
export function parseConfigJson(text: string, options: ConfigOptions = {}): ParsedConfig {
  const field = options.field ?? 'config_json';
  if (text.trim() === '') return { config: {}, headers: new Map() };
  const config = parseJsonColumn(text, field);
  const faults: ServerConfigFaults = new ServerConfigFaults();
  if (!isJsonObject(config)) faults.raise(field, 'wrong_type', `${field} must be a JSON object`);
  const headers = readHeaders(config, `${field}.headers`, options.patch ?? false, faults);
  faults.throwIfAny();
  return { config, headers };
}

function readHeaders(
  config: JsonObject,
  field: string,
  patch: boolean,
  faults: ServerConfigFaults,
): Map<string, string> {
  const sent = Object.hasOwn(config, 'headers') ? config.headers : undefined;
  const headers = new Map<string, string>();
  if (sent === undefined || sent === null) return headers;
  if (!isJsonObject(sent)) faults.raise(field, 'wrong_type', `${field} must be a JSON object of strings`);
  const seen = new Set<string>();
  for (const [name, value] of Object.entries(sent)) {
    const at = shortened(`${field}.${name}`);
    checkName(name, at, seen, faults);
    if (patch && value === null) continue;
    if (isValue(value, at, faults)) headers.set(name, value);
  }
  return headers;
}

function checkName(name: string, field: string, seen: Set<string>, faults: ServerConfigFaults): void {
  const lower = name.toLowerCase();
  if (!token.test(name)) faults.add(field, 'invalid_name', `${field} is not a valid HTTP header name`);
  if (deniedHeaders.has(lower))
    faults.add(field, 'name_not_allowed', `${field} is set by the client itself; remove it`);
  if (seen.has(lower)) faults.add(field, 'duplicate_key', `${field} is given twice; header names have no case`);
  seen.add(lower);
}

function isValue(value: JsonValue, field: string, faults: ServerConfigFaults): value is string {
  if (typeof value !== 'string') {
    faults.add(field, 'wrong_type', `${field} must be a string`);
    return false;
  }
  if (!isHeaderValue(withoutReferences(value))) {
    faults.add(field, 'invalid_value', `${field} has a line break or another character that headers cannot carry`);
  }
  return true;
}
