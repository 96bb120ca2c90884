import { Injectable } from '@nestjs/common';
import type { InboundMessage, InboundOutcome } from '#chat-platforms';
import type { CallerScope, JsonObject } from '#kernel';
import { DeliveriesService } from '../deliveries/deliveries.service.js';
import { ChannelLogService } from './channel-log.service.js';
import { ChannelMessagesRepository, resetReason } from './channel-messages.repository.js';
import { ChannelRepliesService } from './channel-replies.service.js';
import { ChannelsRepository } from './channels.repository.js';
import type { Channel, ChannelMessage, DropReason } from './channels.types.js';
import { isAllowed, storableMessage, storedKeyOf } from './inbound-rules.js';
import { InboundSurroundings } from './inbound-surroundings.service.js';
import { localAnswerOf } from './local-commands.js';

const longestText = 4_000;

/** Messages on their way from a chat to an agent. Each is one transaction: the line, the count, the event and the delivery. */
@Injectable()
export class InboundMessagesService {
  constructor(
    private readonly channels: ChannelsRepository,
    private readonly messages: ChannelMessagesRepository,
    private readonly log: ChannelLogService,
    private readonly deliveries: DeliveriesService,
    private readonly replies: ChannelRepliesService,
    private readonly surroundings: InboundSurroundings,
  ) {}

  /** Takes a message with the text that the agent is to read. One that came before is taken as it was then. */
  take(channel: Channel, sent: InboundMessage, text: string): Promise<InboundOutcome> {
    const message = storableMessage({ ...sent, text });
    const { ports } = this.surroundings;
    return ports.transactions.run(async () => {
      if (!(await this.channels.keep(channel, channel.id))) return 'no_channel';
      const line = this.#lineOf(channel, message);
      if (!(await this.messages.insertIfNew(line))) return 'accepted';
      if (!isAllowed(channel, message)) return this.#drop(line, 'not_allowed');
      const budget = { now: ports.clock.now(), limited: true };
      if ((await this.channels.takeBudget(channel, channel.id, budget)) === null)
        return this.#drop(line, 'budget_exceeded');
      await this.log.count(channel, { username: message.username, direction: 'inbound' });
      if (message.command === null) await this.#passOn(channel, line, message);
      else await this.#answerHere(line, message.command);
      return 'accepted';
    });
  }

  /** Notes a message that names an agent that is not here. */
  async noteUnknownAgent(channel: Channel, message: InboundMessage): Promise<void> {
    const line = this.#lineOf(channel, storableMessage(message));
    await this.surroundings.ports.transactions.run(async () => {
      if (!(await this.channels.keep(channel, channel.id))) return;
      await this.messages.insertIfNew({ ...line, status: 'dropped', reason: 'unknown_agent' satisfies DropReason });
    });
  }

  /** Notes that the bot was put out of a chat; a channel that has no other is switched off. */
  async noteRemoval(
    caller: CallerScope,
    channel: Channel,
    { chatId, dedupeKey }: { chatId: string; dedupeKey: string },
  ) {
    if (!channel.chatIds.includes(chatId)) return;
    const { ports, audit } = this.surroundings;
    await ports.transactions.run(async () => {
      if (!(await this.channels.keep(channel, channel.id))) return;
      const line = this.#lineOf(channel, { ...nothingSaid, chatId, dedupeKey });
      if (
        !(await this.messages.insertIfNew({ ...line, status: 'dropped', reason: 'bot_removed' satisfies DropReason }))
      )
        return;
      if (!channel.enabled || channel.chatIds.length > 1) return;
      await this.channels.update(channel, channel.id, { enabled: false, updatedAt: ports.clock.now() });
      await audit.record(caller, {
        action: 'channel.disable',
        entityType: 'CHANNEL',
        entityId: channel.id,
        entityName: channel.channelType,
        workspaceId: channel.workspaceId,
        metadata: { reason: 'bot_removed' },
      });
    });
  }

  async #drop(line: ChannelMessage, reason: DropReason): Promise<InboundOutcome> {
    await this.messages.update(line, line.id, 'accepted', { status: 'dropped', reason });
    return 'ignored';
  }

  async #passOn(channel: Channel, line: ChannelMessage, message: InboundMessage): Promise<void> {
    const at = this.surroundings.ports.clock.now();
    const history = await this.messages.findHistory(channel.id, message.chatId, at);
    const metadata: JsonObject = {
      source: channel.channelType,
      channel_id: channel.id,
      chat_id: message.chatId,
      user_id: message.userId,
      username: message.username,
      message_id: message.id,
      history: history.map((each) => ({ ...each, time: each.time.toISOString() })),
      extra: message.extra,
    };
    const { deliveryId } = await this.deliveries.sendMessage(channel, {
      agentId: channel.agentId,
      messageId: `channel-${channel.channelType}-${message.id}`,
      text: message.text,
      metadata,
      origin: { kind: 'channel', id: line.id },
      triggeredBy: null,
      at,
    });
    await this.messages.update(line, line.id, 'accepted', { deliveryId });
  }

  async #answerHere(line: ChannelMessage, command: NonNullable<InboundMessage['command']>): Promise<void> {
    const reason = command === 'reset' ? resetReason : `command:${command}`;
    await this.messages.update(line, line.id, 'accepted', { reason });
    await this.replies.answer(line, localAnswerOf(command));
  }

  #lineOf(channel: Channel, message: InboundMessage): ChannelMessage {
    const { ports } = this.surroundings;
    return {
      id: ports.ids.next(),
      channelId: channel.id,
      workspaceId: channel.workspaceId,
      direction: 'inbound',
      status: 'accepted',
      reason: null,
      chatId: message.chatId,
      userId: message.userId,
      username: message.username,
      text: message.text === '' ? null : message.text.slice(0, longestText),
      replyText: null,
      providerMessageId: storedKeyOf(message.dedupeKey),
      deliveryId: null,
      createdAt: ports.clock.now(),
    };
  }
}

const nothingSaid: InboundMessage = {
  id: '',
  dedupeKey: '',
  chatId: '',
  userId: null,
  username: null,
  text: '',
  command: null,
  isCommand: false,
  extra: {},
};
