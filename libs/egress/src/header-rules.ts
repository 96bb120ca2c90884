import { Secret } from '#kernel';
import { egressErrors } from './egress.errors.js';

/** Headers by name. Values wrapped in `Secret` are opened when the request is written, and count as credentials. */
export type OutboundHeaders = Readonly<Record<string, string | Secret>>;

/** Why a header cannot be sent. */
export interface HeaderFault {
  /** The name, made printable and short. */
  name: string;
  /** A sentence without a full stop that says what to do. Never holds the value. */
  reason: string;
}

// Framing and hop-by-hop fields (RFC 9110, section 7.6.1) belong to the connection, Host to the checked URL.
const reservedNames: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'via',
]);

const maxHeaders = 64;
const maxValueLength = 8_192;

/** The first header that cannot be sent: a broken name or value, or one that would change framing or target. */
export function findHeaderFault(headers: OutboundHeaders): HeaderFault | null {
  const names = Object.keys(headers);
  if (names.length > maxHeaders) return { name: '', reason: `at most ${maxHeaders} headers can be set` };
  for (const [name, value] of Object.entries(headers)) {
    const reason = faultOf(name, value instanceof Secret ? value.reveal() : value);
    if (reason) return { name: name.replace(/[^!-~]/g, '?').slice(0, 64), reason };
  }
  return null;
}

function faultOf(name: string, value: string): string | null {
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) return 'the name may only hold letters, digits and -_.~ (RFC 9110)';
  if (reservedNames.has(name.toLowerCase())) return `${name} is set by the connection and cannot be given`;
  // Beyond tab and Latin-1 there is no agreed meaning, and line breaks would begin another header.
  if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) return `the value of ${name} holds characters that no header may hold`;
  return value.length > maxValueLength ? `the value of ${name} is longer than ${maxValueLength} characters` : null;
}

/** Opens and checks the headers of a request. @throws AppError `egress.header_not_allowed`. */
export function openHeaders(given: OutboundHeaders): Headers {
  const fault = findHeaderFault(given);
  if (fault) throw egressErrors.headerNotAllowed({ params: { reason: fault.reason } });
  return new Headers(
    Object.entries(given).map(([name, value]) => [name, value instanceof Secret ? value.reveal() : value]),
  );
}

const credentialNames = ['authorization', 'cookie', 'proxy-authorization', 'x-api-key', 'api-key', 'x-auth-token'];

/** Lower-case names of the headers that must not follow a redirect to another origin. */
export function credentialHeaders(given: OutboundHeaders, marked: readonly string[] = []): ReadonlySet<string> {
  const secret = Object.keys(given).filter((name) => given[name] instanceof Secret);
  return new Set([...credentialNames, ...secret, ...marked].map((name) => name.toLowerCase()));
}
