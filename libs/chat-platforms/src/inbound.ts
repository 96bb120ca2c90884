import type { JsonObject } from '#kernel';

/** One request from a platform, as the bytes that its signature covers. */
export interface InboundRequest {
  /** By lower-case name. */
  headers: Readonly<Record<string, string | undefined>>;
  body: Buffer;
  now: Date;
}

/** What a request says of itself, unproven: only for finding the channels that may prove it. */
export interface InboundClaim {
  /** A secret that it carries openly. */
  secret: string | null;
  chatId: string | null;
}

/** One message of a person to an agent. */
export interface InboundMessage {
  /** The platform's id of it, for people and agents. */
  id: string;
  /** What tells it from every other message of the channel; a second one with the same is a repetition. */
  dedupeKey: string;
  chatId: string;
  userId: string | null;
  username: string | null;
  text: string;
  /** A command that is answered without the agent. */
  command: LocalCommand | null;
  /** Whether the platform shows what is answered to the request to the person who wrote. */
  isCommand: boolean;
  /** Further facts of the platform for the agent. */
  extra: JsonObject;
}

/** Commands that are answered without the agent. */
export type LocalCommand = 'start' | 'help' | 'reset';

/** What a genuine request is about. */
export type Inbound =
  | { kind: 'handshake'; answer: JsonObject }
  | { kind: 'message'; message: InboundMessage }
  | { kind: 'removed'; chatId: string; dedupeKey: string }
  | { kind: 'ignored' };

/** A genuine request that is none that the platform sends. */
export class UnreadableInbound extends Error {
  override readonly name = 'UnreadableInbound';
}

/** Parses a body as JSON. @throws UnreadableInbound. */
export function parseInboundJson(body: Buffer): unknown {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return value;
  } catch (cause) {
    throw new UnreadableInbound('not JSON', { cause });
  }
}

/** As {@link parseInboundJson}; null instead of an error. */
export function peekInboundJson(body: Buffer): unknown {
  try {
    return parseInboundJson(body);
  } catch {
    return null;
  }
}
