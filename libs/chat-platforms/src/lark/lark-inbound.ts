import { createDecipheriv, createHash } from 'node:crypto';
import { z } from 'zod';
import type { ChannelConfig } from '../chat-platform.js';
import {
  type Inbound,
  type InboundClaim,
  type InboundRequest,
  parseInboundJson,
  peekInboundJson,
  UnreadableInbound,
} from '../inbound.js';
import { isRecent, sameText, sha256Hex } from '../signatures.js';

const encrypted = z.object({ encrypt: z.string() });
const handshake = z.object({ type: z.literal('url_verification'), challenge: z.string(), token: z.string() });
const event = z.object({
  header: z.object({ token: z.string(), event_type: z.string(), event_id: z.string().optional() }),
  event: z.unknown().optional(),
});
const received = z.object({
  sender: z.object({
    sender_id: z.object({ user_id: z.string().nullish(), open_id: z.string().nullish() }).nullish(),
    sender_type: z.string().optional(),
  }),
  message: z.object({
    message_id: z.string(),
    chat_id: z.string(),
    message_type: z.string(),
    content: z.string(),
    chat_type: z.string().optional(),
  }),
});
const content = z.object({ text: z.string() });

/** What a request says of itself: its token, where it is not encrypted. @throws UnreadableInbound for what is no JSON. */
export function larkClaim({ body }: InboundRequest): InboundClaim {
  return { secret: tokenOf(parseInboundJson(body)), chatId: null };
}

/**
 * Whether the request is Lark's for this channel: by the verification token; where an encrypt key is configured, the
 * body must be encrypted with it too and, apart from the handshake, signed (`X-Lark-Signature`) at a time near ours.
 */
export function isLarkGenuine(request: InboundRequest, config: ChannelConfig): boolean {
  const token = config.verify_token ?? '';
  const plain = plainOf(request.body, config);
  const sent = tokenOf(plain);
  if (token === '' || sent === null || !sameText(sent, token)) return false;
  if (!config.encrypt_key) return true;
  const isHandshake = handshake.safeParse(plain).success;
  return isSigned(request, config.encrypt_key) || (isHandshake && request.headers['x-lark-signature'] === undefined);
}

/** What an event is about. @throws UnreadableInbound. */
export function readLarkRequest({ body }: InboundRequest, config: ChannelConfig): Inbound {
  const plain = plainOf(body, config);
  const greeting = handshake.safeParse(plain).data;
  if (greeting) return { kind: 'handshake', answer: { challenge: greeting.challenge } };
  const told = event.safeParse(plain).data;
  if (told === undefined) throw new UnreadableInbound('neither a handshake nor an event');
  if (told.header.event_type !== 'im.message.receive_v1') return { kind: 'ignored' };
  const read = received.safeParse(told.event);
  if (!read.success) throw new UnreadableInbound('a message in an unknown form');
  const { message, sender } = read.data;
  if (message.message_type !== 'text' || sender.sender_type === 'app') return { kind: 'ignored' };
  const text = content.safeParse(peekInboundJson(Buffer.from(message.content))).data?.text ?? '';
  if (text === '') return { kind: 'ignored' };
  const userId = sender.sender_id?.user_id || sender.sender_id?.open_id || null;
  return {
    kind: 'message',
    message: {
      id: message.message_id,
      dedupeKey: message.message_id,
      chatId: message.chat_id,
      userId,
      username: userId,
      text,
      command: null,
      isCommand: false,
      extra: message.chat_type === undefined ? {} : { chat_type: message.chat_type },
    },
  };
}

// The old form of events had the token beside the event, the handshake still has.
function tokenOf(json: unknown): string | null {
  return handshake.safeParse(json).data?.token ?? event.safeParse(json).data?.header.token ?? null;
}

function isSigned({ headers, body, now }: InboundRequest, encryptKey: string): boolean {
  const time = headers['x-lark-request-timestamp'] ?? '';
  const nonce = headers['x-lark-request-nonce'] ?? '';
  if (!isRecent(time, now)) return false;
  return sameText(headers['x-lark-signature'] ?? '', sha256Hex(time, nonce, encryptKey, body));
}

// With an encrypt key nothing but its own encryption is read, so that a plain body cannot pass beside it.
function plainOf(body: Buffer, { encrypt_key: key }: ChannelConfig): unknown {
  const json = peekInboundJson(body);
  if (!key) return json;
  const sealed = encrypted.safeParse(json).data?.encrypt;
  return sealed === undefined ? null : peekInboundJson(decrypted(sealed, key));
}

function decrypted(sealed: string, key: string): Buffer {
  const bytes = Buffer.from(sealed, 'base64');
  try {
    const cipher = createDecipheriv('aes-256-cbc', createHash('sha256').update(key).digest(), bytes.subarray(0, 16));
    return Buffer.concat([cipher.update(bytes.subarray(16)), cipher.final()]);
  } catch {
    return Buffer.alloc(0);
  }
}
