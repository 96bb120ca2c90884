import { Injectable } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import { type ChannelConfig, readTelegramResult, readWebhookChat, telegramCall } from '#chat-platforms';
import { type JsonObject, unreachable, type WorkspaceScope } from '#kernel';
import { ChannelConfigService } from './channel-config.service.js';
import { ChannelPorts } from './channel-ports.service.js';
import { channelErrors } from './channels.errors.js';
import { ChannelsRepository } from './channels.repository.js';
import { ChannelsService } from './channels.service.js';
import type { Channel } from './channels.types.js';
import type { ChannelWebhookResponse } from './dto/channel-webhook.response.js';
import { PlatformCallsService } from './platform-calls.service.js';

const telegramCommands = [
  { command: 'start', description: 'What this bot does' },
  { command: 'help', description: 'The commands' },
  { command: 'reset', description: 'Forget the conversation so far' },
];

/** Having a platform send its messages to us. */
@Injectable()
export class ChannelWebhookService {
  constructor(
    private readonly channels: ChannelsService,
    private readonly configs: ChannelConfigService,
    private readonly calls: PlatformCallsService,
    private readonly repository: ChannelsRepository,
    private readonly audit: AuditLogService,
    private readonly ports: ChannelPorts,
  ) {}

  /**
   * Registers our address where the platform lets us, and says what is left to do by hand.
   * @throws AppError `channel.not_found`, or `channel.registration_failed` when the platform refuses or cannot be reached.
   */
  async register(scope: WorkspaceScope, id: string): Promise<ChannelWebhookResponse> {
    const channel = await this.channels.getRow(scope, id);
    const config = await this.configs.open(channel);
    const url = this.channels.webhookUrlOf(channel);
    const { registered, confirmedChatId } = await this.#tell(channel, config, url);
    await this.ports.transactions.run(async () => {
      const updatedAt = this.ports.clock.now();
      await this.repository.update(scope, id, { confirmedChatId, updatedAt });
      await this.audit.record(scope, {
        action: 'channel.webhook_register',
        entityType: 'CHANNEL',
        entityId: id,
        entityName: channel.channelType,
        metadata: { registered },
      });
    });
    return { webhook_url: url, registered, instructions: instructionsOf(channel) };
  }

  async #tell(
    channel: Channel,
    config: ChannelConfig,
    url: string,
  ): Promise<{ registered: boolean; confirmedChatId?: string | null }> {
    switch (channel.channelType) {
      case 'telegram':
        await this.#tellTelegram(config, url);
        return { registered: true };
      case 'discord':
        return { registered: false, confirmedChatId: await this.#chatOfWebhook(config) };
      case 'slack':
      case 'lark':
        return { registered: false };
      default:
        return unreachable(channel.channelType);
    }
  }

  async #tellTelegram(config: ChannelConfig, url: string): Promise<void> {
    const allowed_updates = ['message', 'channel_post', 'callback_query', 'my_chat_member'];
    await this.#askTelegram(config, 'setWebhook', { url, secret_token: config.webhook_secret ?? '', allowed_updates });
    await this.#askTelegram(config, 'setMyCommands', { commands: telegramCommands });
  }

  async #askTelegram(config: ChannelConfig, method: string, body: JsonObject): Promise<void> {
    const call = telegramCall(this.calls.addresses.telegramApiUrl, config.bot_token ?? '', method, body);
    const answer = await this.calls.ask(call, `channels.telegram.${method}`);
    if (answer === null) throw refused('it could not be reached');
    const result = readTelegramResult(answer);
    if (!result.ok) throw refused(`${method} was answered with ${result.code}`);
  }

  // Whoever has a webhook's address may write there: only then is the chat's traffic theirs.
  async #chatOfWebhook(config: ChannelConfig): Promise<string> {
    const call = { method: 'GET', url: config.webhook_url ?? '', headers: {}, body: null } as const;
    const answer = await this.calls.ask(call, 'channels.discord.webhook');
    if (answer === null) throw refused('it could not be reached');
    const chatId = answer.status === 200 ? readWebhookChat(answer.json) : null;
    if (chatId === null) throw refused('it does not know the webhook_url');
    return chatId;
  }
}

function refused(reason: string) {
  return channelErrors.registrationFailed({ params: { reason } });
}

function instructionsOf({ channelType }: Channel): string {
  switch (channelType) {
    case 'telegram':
      return 'Nothing is left to do: Telegram sends the bot’s messages here.';
    case 'slack':
      return 'In the Slack app, enter the address under Event Subscriptions (event message.channels) and under Slash Commands, and store the app’s signing_secret in the channel.';
    case 'discord':
      return 'In the Discord developer portal, enter the address as Interactions Endpoint URL, and store the application’s public_key in the channel.';
    case 'lark':
      return 'In the Lark developer console, enter the address under Events & Callbacks (event im.message.receive_v1), and store verify_token and, where it is set, encrypt_key in the channel.';
    default:
      return unreachable(channelType);
  }
}
