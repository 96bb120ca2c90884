import type { ChatPlatform, InboundMessage } from '#chat-platforms';
import { tokenHash } from '#kernel';
import type { Channel } from './channels.types.js';

/**
 * The channels that take a message of a chat, of those that the request is genuine for, oldest first. A channel without chats
 * takes every chat's. Where what proves the sender is public knowledge (Discord's key), anybody can enter it for a channel of
 * their own: there the channels that the platform itself said the chat belongs to go before all others, and the oldest claim
 * keeps the chat even while it is switched off.
 */
export function takersOf(platform: ChatPlatform, proven: readonly Channel[], chatId: string): Channel[] {
  const matching = [...proven]
    .filter((channel) => takesChat(channel, chatId))
    .sort((one, other) => one.createdAt.getTime() - other.createdAt.getTime() || (one.id < other.id ? -1 : 1));
  if (platform.type !== 'discord') return matching.filter(({ enabled }) => enabled);
  const confirmed = matching.filter(({ confirmedChatId }) => confirmedChatId === chatId);
  const claims = confirmed.length > 0 ? confirmed : matching;
  return claims[0]?.enabled ? claims.filter(({ enabled }) => enabled) : [];
}

function takesChat({ chatIds, confirmedChatId }: Channel, chatId: string): boolean {
  if (chatIds.includes(chatId) || confirmedChatId === chatId) return true;
  return chatIds.length === 0 && confirmedChatId === null;
}

/** Whether a channel takes messages of this person in this chat. */
export function isAllowed({ allowedUsers }: Channel, { userId, chatId }: InboundMessage): boolean {
  if (allowedUsers.length === 0) return true;
  return allowedUsers.includes(chatId) || (userId !== null && allowedUsers.includes(userId));
}

const longestKey = 200;

/** A platform's name of a message, as it is stored to tell it from others. */
export function storedKeyOf(dedupeKey: string): string {
  return dedupeKey.length > longestKey ? `sha256:${tokenHash(dedupeKey)}` : dedupeKey;
}

/** A text that a row can hold: no NUL, no half of a character. */
export function storable(text: string): string {
  return text
    .replaceAll('\u0000', '')
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
}

/** A message of which every text can be stored and sent on. */
export function storableMessage(message: InboundMessage): InboundMessage {
  const texts = (values: object): object =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? storable(value) : value]),
    );
  return { ...(texts(message) as InboundMessage), extra: texts(message.extra) as InboundMessage['extra'] };
}
