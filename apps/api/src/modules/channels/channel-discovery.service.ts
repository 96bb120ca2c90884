import { Injectable } from '@nestjs/common';
import {
  type DiscoveredChat,
  findPlatform,
  isTelegramToken,
  readBot,
  readChats,
  readTelegramResult,
  readWebhookUrl,
  telegramCall,
} from '#chat-platforms';
import { type JsonObject, raise } from '#kernel';
import { discoveryErrors } from './channels.errors.js';
import type { DiscoverChatsDto } from './dto/discover-chats.dto.js';
import type { DiscoveredChatsResponse } from './dto/discovered-chats.response.js';
import { PlatformCallsService } from './platform-calls.service.js';

const hint = 'For groups: add bot and send a message. For DMs: send /start to the bot. Then retry.';
const privacyWarning =
  'Privacy mode is on: in groups the bot sees commands and replies to it only. Turn it off at @BotFather with /setprivacy.';
const unauthorized = 401;
const notFound = 404;
const conflict = 409;

/** Finding the chats that a bot was written to in. Only reads: the bot's webhook, updates and commands stay as they are. */
@Injectable()
export class ChannelDiscoveryService {
  constructor(private readonly calls: PlatformCallsService) {}

  /** @throws AppError of `discoveryErrors`. */
  async discover({ channel_type: type, bot_token: token }: DiscoverChatsDto): Promise<DiscoveredChatsResponse> {
    const platform = findPlatform(type ?? '') ?? raise(discoveryErrors.unsupportedType());
    if (platform.type !== 'telegram') throw discoveryErrors.notSupported({ params: { type: platform.type } });
    if (!isTelegramToken(token)) throw discoveryErrors.invalidToken();
    const bot = readBot(await this.#ask(token, 'getMe', {}));
    // Telegram hands its updates to the webhook then; taking them here would mean to delete it.
    if (readWebhookUrl(await this.#ask(token, 'getWebhookInfo', {})) !== '') throw discoveryErrors.connectedElsewhere();
    const wish = {
      limit: 100,
      timeout: 0,
      allowed_updates: ['message', 'edited_message', 'channel_post', 'my_chat_member'],
    };
    const chats: DiscoveredChat[] = readChats(await this.#ask(token, 'getUpdates', wish));
    return {
      bot_username: bot.username,
      chats,
      can_read_all_group_messages: bot.readsGroups,
      privacy_warning: bot.readsGroups ? '' : privacyWarning,
      hint,
    };
  }

  async #ask(token: string, method: string, body: JsonObject): Promise<unknown> {
    const call = telegramCall(this.calls.addresses.telegramApiUrl, token, method, body);
    const answer = await this.calls.ask(call, `channels.discover.${method}`);
    if (answer === null || answer.status >= 500) throw discoveryErrors.unreachable();
    const result = readTelegramResult(answer);
    if (result.ok) return result.result;
    if (result.code === unauthorized || result.code === notFound) throw discoveryErrors.invalidToken();
    throw result.code === conflict ? discoveryErrors.connectedElsewhere() : discoveryErrors.failed();
  }
}
