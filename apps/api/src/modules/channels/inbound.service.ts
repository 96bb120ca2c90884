import { Injectable } from '@nestjs/common';
import {
  type ChannelConfig,
  type ChatPlatform,
  findPlatform,
  type InboundMessage,
  type InboundOutcome,
  type InboundRequest,
  isMeantBy,
  isSignedByApplication,
  readSlug,
  slugOf,
  UnreadableInbound,
} from '#chat-platforms';
import { AppConfig } from '#config';
import { type CallerScope, Clock, raise, tokenHash, unreachable } from '#kernel';
import { ChannelConfigService } from './channel-config.service.js';
import { webhookErrors } from './channels.errors.js';
import { ChannelsRepository, type InboundSearch } from './channels.repository.js';
import type { Channel } from './channels.types.js';
import type { WebhookReceiptResponse } from './dto/webhook-receipt.response.js';
import { InboundMessagesService } from './inbound-messages.service.js';
import { takersOf } from './inbound-rules.js';
import type { RawRequest } from './raw-request.decorator.js';

/** A channel that a request is genuine for. */
interface Proven {
  channel: Channel;
  config: ChannelConfig;
}

/** What chat platforms send: who it is from, which channel it is for, and what they are told. */
@Injectable()
export class InboundService {
  constructor(
    private readonly repository: ChannelsRepository,
    private readonly configs: ChannelConfigService,
    private readonly messages: InboundMessagesService,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes one request.
   * @throws AppError `webhook.unknown_type`; `webhook.not_genuine` when it is genuine for no channel, whatever the reason;
   * `webhook.unreadable`.
   */
  async receive(
    caller: CallerScope,
    address: { type: string; channelId: string | null },
    raw: RawRequest,
  ): Promise<WebhookReceiptResponse> {
    const platform = findPlatform(address.type) ?? raise(webhookErrors.unknownType());
    const request: InboundRequest = { ...raw, now: this.clock.now() };
    const search = readOrRefuse(() => searchOf(platform, request, address.channelId));
    const proven = await this.#provenFor(platform, request, search);
    if (proven === null) throw webhookErrors.notGenuine();
    const inbound = readOrRefuse(() => platform.read(request, proven[0]?.config ?? {}));
    switch (inbound.kind) {
      case 'handshake':
        return inbound.answer;
      case 'ignored':
        return { status: 'ignored' };
      case 'removed':
        for (const { channel } of proven) await this.messages.noteRemoval(caller, channel, inbound);
        return { status: 'ignored' };
      case 'message':
        return this.#route(
          platform,
          proven.map(({ channel }) => channel),
          inbound.message,
        );
      default:
        return unreachable(inbound);
    }
  }

  async #route(platform: ChatPlatform, proven: Channel[], message: InboundMessage): Promise<WebhookReceiptResponse> {
    const takers = takersOf(platform, proven, message.chatId);
    const named = readSlug(message.text);
    const [first] = takers;
    if (first === undefined) return answerOf(platform, 'no_channel', message);
    if (named === null) return answerOf(platform, await this.messages.take(first, message, message.text), message);
    const meant = takers.find(({ config }) => isMeantBy(config.username ?? '', named.slug));
    if (meant) return answerOf(platform, await this.messages.take(meant, message, named.rest), message);
    await this.messages.noteUnknownAgent(first, message);
    const names = takers.flatMap(({ config }) => (config.username ? [slugOf(config.username)] : []));
    const slugs = { requested_slug: named.slug, available_slugs: names };
    return { ...answerOf(platform, 'unknown_agent', message), ...slugs };
  }

  // Null when nothing proves the request; an empty list when only the instance's own application does (Discord).
  async #provenFor(
    platform: ChatPlatform,
    request: InboundRequest,
    search: InboundSearch | null,
  ): Promise<Proven[] | null> {
    const byInstance = this.#isSignedByInstance(platform, request);
    const genuine = (wanted: InboundSearch) => this.#genuine(platform, request, { search: wanted, byInstance });
    const claimed = search === null ? [] : await genuine(search);
    // An application is told of every chat that it stands in: one that no channel has is genuine all the same, and told so.
    const isOfNoChat = claimed.length === 0 && search !== null && 'chatId' in search && search.chatId !== null;
    const proven = isOfNoChat ? await genuine({ chatId: null }) : claimed;
    return proven.length > 0 || byInstance ? proven : null;
  }

  #isSignedByInstance(platform: ChatPlatform, request: InboundRequest): boolean {
    const instanceKey = platform.type === 'discord' ? this.config.channels.discordPublicKey : null;
    return instanceKey !== null && isSignedByApplication(request, instanceKey);
  }

  async #genuine(
    platform: ChatPlatform,
    request: InboundRequest,
    { search, byInstance }: { search: InboundSearch; byInstance: boolean },
  ): Promise<Proven[]> {
    const channels = await this.repository.findInbound(platform.type, search);
    const opened = await Promise.all(channels.map((channel) => this.#open(channel)));
    return opened.filter((each): each is Proven => {
      if (each === null) return false;
      if (platform.isGenuine(request, each.config)) return true;
      // The instance's application serves every workspace, so that only a chat tells whose message it is.
      return byInstance && hasChat(each.channel) && !each.config.public_key && !each.config.app_public_key;
    });
  }

  // A channel whose secrets cannot be opened must not keep others from getting their messages.
  async #open(channel: Channel): Promise<Proven | null> {
    const config = await this.configs.openOrNull(channel);
    return config && { channel, config };
  }
}

function searchOf(platform: ChatPlatform, request: InboundRequest, channelId: string | null): InboundSearch | null {
  if (channelId) return { channelId };
  const { secret, chatId } = platform.claimOf(request);
  if (secret !== null) return { inboundKey: tokenHash(secret) };
  return platform.type === 'telegram' ? null : { chatId };
}

function hasChat({ chatIds, confirmedChatId }: Channel): boolean {
  return chatIds.length > 0 || confirmedChatId !== null;
}

function readOrRefuse<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw cause instanceof UnreadableInbound ? webhookErrors.unreadable({ cause }) : cause;
  }
}

function answerOf(
  platform: ChatPlatform,
  status: InboundOutcome,
  { isCommand }: InboundMessage,
): WebhookReceiptResponse {
  return { status, ...platform.acknowledge(status, isCommand) };
}
