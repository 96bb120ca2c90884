import { z } from 'zod';
import type { JsonObject } from '#kernel';
import type { ChannelConfig } from '../chat-platform.js';
import {
  type Inbound,
  type InboundClaim,
  type InboundRequest,
  type LocalCommand,
  parseInboundJson,
  UnreadableInbound,
} from '../inbound.js';
import { sameText } from '../signatures.js';

const secretHeader = 'x-telegram-bot-api-secret-token';

const chat = z.object({ id: z.int(), type: z.string().optional(), title: z.string().optional() });
const user = z.object({
  id: z.int(),
  username: z.string().optional(),
  first_name: z.string().optional(),
  last_name: z.string().optional(),
});
const message = z.object({ message_id: z.int(), chat, from: user.optional(), text: z.string().optional() });
const update = z.object({
  update_id: z.int(),
  message: message.optional(),
  channel_post: message.optional(),
  callback_query: z
    .object({ id: z.string(), from: user, data: z.string().optional(), message: z.object({ chat }).optional() })
    .optional(),
  my_chat_member: z.object({ chat, new_chat_member: z.object({ status: z.string() }) }).optional(),
});

type Message = z.infer<typeof message>;
type User = z.infer<typeof user>;

/** What a Telegram request says of itself: the secret that `setWebhook` was given. */
export function telegramClaim({ headers }: InboundRequest): InboundClaim {
  return { secret: headers[secretHeader] ?? null, chatId: null };
}

/** Whether the request carries the channel's secret. */
export function isTelegramGenuine({ headers }: InboundRequest, config: ChannelConfig): boolean {
  const sent = headers[secretHeader] ?? '';
  const secret = config.webhook_secret ?? '';
  return secret !== '' && sameText(sent, secret);
}

/** What an update is about. @throws UnreadableInbound. */
export function readTelegramUpdate(body: Buffer): Inbound {
  const read = update.safeParse(parseInboundJson(body));
  if (!read.success) throw new UnreadableInbound('not an update');
  const { message: direct, channel_post: post, callback_query: button, my_chat_member: member } = read.data;
  const written = direct ?? post;
  if (written?.text !== undefined && written.text !== '') return messageOf(written, written.text);
  if (button?.data && button.message) return buttonOf(button.id, button.message.chat.id, button.from, button.data);
  if (member && ['left', 'kicked'].includes(member.new_chat_member.status)) {
    return { kind: 'removed', chatId: String(member.chat.id), dedupeKey: `update:${read.data.update_id}` };
  }
  return { kind: 'ignored' };
}

function messageOf(written: Message, text: string): Inbound {
  const { message_id: id, chat: place, from } = written;
  const extra: JsonObject = {
    ...(place.type && { chat_type: place.type }),
    ...(place.title && { chat_title: place.title }),
  };
  return {
    kind: 'message',
    message: {
      id: String(id),
      // Ids of messages are counted within their chat.
      dedupeKey: `${place.id}:${id}`,
      chatId: String(place.id),
      ...personOf(from),
      text,
      command: commandOf(text),
      isCommand: false,
      extra,
    },
  };
}

function buttonOf(id: string, chatId: number, from: User, data: string): Inbound {
  const text = `CEO_DECISION: ${data}`;
  const base = {
    id,
    dedupeKey: `button:${id}`,
    chatId: String(chatId),
    text,
    command: null,
    isCommand: false,
    extra: {},
  };
  return { kind: 'message', message: { ...base, ...personOf(from) } };
}

function personOf(from: User | undefined): { userId: string | null; username: string | null } {
  if (from === undefined) return { userId: null, username: null };
  const name = [from.first_name, from.last_name].filter(Boolean).join(' ');
  return { userId: String(from.id), username: from.username ?? (name === '' ? null : name) };
}

// In groups a command names its bot: `/help@crew_bot`.
function commandOf(text: string): LocalCommand | null {
  const word = /^\/(start|help|reset)(?:@\w+)?(?:\s|$)/.exec(text)?.[1];
  return word === 'start' || word === 'help' || word === 'reset' ? word : null;
}
