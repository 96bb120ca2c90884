import type { ChatPlatform, ConfigFault } from '../chat-platform.js';
import { idsOf, messageParts } from '../message-parts.js';
import { readTelegramAnswer, telegramCall } from './telegram-api.js';
import { isTelegramGenuine, readTelegramUpdate, telegramClaim } from './telegram-inbound.js';

const longestMessage = 4_096;

/** Telegram, by a bot of @BotFather: messages out by the Bot API, in by its webhook with a secret token. */
export const telegram: ChatPlatform = {
  type: 'telegram',
  displayName: 'Telegram',
  configSchema: [
    {
      key: 'bot_token',
      label: 'Bot Token',
      type: 'password',
      required: true,
      sensitive: true,
      placeholder: '123456789:ABCdefGHIjklMNOpqrSTUvwxYZ',
      help: 'The token that @BotFather gave you.',
    },
    {
      key: 'chat_id',
      label: 'Chat IDs',
      type: 'text',
      required: true,
      sensitive: false,
      placeholder: '-1001234567890, 987654321',
      help: 'Ids of chats between commas. Discovery lists the chats of a bot.',
    },
  ],
  furtherFields: [
    { key: 'webhook_secret', sensitive: true },
    { key: 'username', sensitive: false },
  ],
  aliases: {},
  findFault: (config): ConfigFault | null => {
    if (!isTelegramToken(config.bot_token ?? '')) {
      return {
        field: 'bot_token',
        message: 'bot_token must be a token of @BotFather: digits, a colon, 30 characters or more',
      };
    }
    const secret = config.webhook_secret;
    if (secret !== undefined && !/^[A-Za-z0-9_-]{8,256}$/.test(secret)) {
      return { field: 'webhook_secret', message: 'webhook_secret must be 8 to 256 letters, digits, "_" or "-"' };
    }
    return idsOf(config.chat_id).length > 0 ? null : { field: 'chat_id', message: 'chat_id is required' };
  },
  chatsOf: (config) => idsOf(config.chat_id),
  targetsOf: (config) => idsOf(config.chat_id),
  replyTargetOf: (_config, chatId) => chatId,
  partsOf: (text) => messageParts(text, longestMessage),
  postOf: (config, { telegramApiUrl }, { target, text, formatted }) =>
    telegramCall(telegramApiUrl, config.bot_token ?? '', 'sendMessage', {
      chat_id: target,
      text,
      ...(formatted && { parse_mode: 'Markdown' }),
    }),
  readAnswer: readTelegramAnswer,
  inboundSecretOf: (config) => config.webhook_secret ?? null,
  claimOf: telegramClaim,
  isGenuine: isTelegramGenuine,
  read: ({ body }) => readTelegramUpdate(body),
  // Telegram takes any 2xx for having been told; a body with `method` would be a call.
  acknowledge: () => null,
};

/** Whether a text has the form of a bot token. */
export function isTelegramToken(text: string): boolean {
  return /^\d+:[A-Za-z0-9_-]{30,}$/.test(text);
}
