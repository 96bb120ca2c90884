import type { JsonObject } from '#kernel';

/** One request to a platform. The URL and headers may hold a secret: neither belongs into a log or an error. */
export interface PlatformCall {
  method: 'GET' | 'POST';
  url: string;
  headers: Readonly<Record<string, string>>;
  body: JsonObject | null;
}

/** What a platform answered. */
export interface PlatformAnswer {
  status: number;
  /** By lower-case name. */
  headers: Readonly<Record<string, string | undefined>>;
  /** The body where it is JSON, else null. */
  json: unknown;
}

/** What an answer means for the message. A reason is for people and never holds the platform's own words. */
export type PostVerdict =
  | { kind: 'sent'; messageId: string | null }
  /** The formatting was not understood: to be sent once more without. */
  | { kind: 'unformatted'; reason: string }
  /** To be sent once more after waiting. */
  | { kind: 'later'; afterMs: number; reason: string }
  | { kind: 'refused'; reason: string; mayPass: boolean };

/** The verdict on an answer that says nothing but its status. */
export function verdictOfStatus(status: number, headers: PlatformAnswer['headers'] = {}): PostVerdict {
  if (status === 429) {
    const seconds = Number(headers['retry-after'] ?? 1);
    const afterMs = Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : 1_000;
    return { kind: 'later', afterMs, reason: 'the platform limits how often messages are sent' };
  }
  if (status >= 500) return { kind: 'refused', reason: `the platform failed (HTTP ${status})`, mayPass: true };
  const reasons: Record<number, string> = {
    401: 'the platform does not accept the token',
    403: 'the platform does not allow writing there',
    404: 'the platform does not know the address, chat or token',
  };
  return {
    kind: 'refused',
    reason: reasons[status] ?? `the platform refused the message (HTTP ${status})`,
    mayPass: false,
  };
}

/** A POST of JSON. */
export function jsonPost(url: string, body: JsonObject, headers: Record<string, string> = {}): PlatformCall {
  return { method: 'POST', url, headers: { 'content-type': 'application/json; charset=utf-8', ...headers }, body };
}
