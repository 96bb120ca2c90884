import { Injectable } from '@nestjs/common';
import { EventsService } from '../events/events.service.js';
import { ChannelMessagesRepository } from './channel-messages.repository.js';
import { ChannelPorts } from './channel-ports.service.js';
import { channelErrors } from './channels.errors.js';
import { ChannelsRepository } from './channels.repository.js';
import type { Channel, ChannelMessage, TargetResult } from './channels.types.js';

/** The beginning of the period that a message was counted in. */
export interface TakenBudget {
  periodFrom: Date | null;
}

const longestText = 4_000;

/** What went through a channel: its lines, counters and events. */
@Injectable()
export class ChannelLogService {
  constructor(
    private readonly repository: ChannelsRepository,
    private readonly messages: ChannelMessagesRepository,
    private readonly events: EventsService,
    private readonly ports: ChannelPorts,
  ) {}

  /**
   * Takes one message from the channel's budget.
   * @throws AppError `channel.budget_exceeded`, when it is limited; `channel.not_found` when it was removed meanwhile.
   */
  async takeBudget(channel: Channel, limited: boolean): Promise<TakenBudget> {
    const taken = await this.repository.takeBudget(channel, channel.id, { now: this.ports.clock.now(), limited });
    if (taken !== null) return taken;
    const isThere = limited && (await this.repository.findById(channel, channel.id)) !== null;
    throw isThere ? channelErrors.budgetExceeded() : channelErrors.notFound();
  }

  /**
   * Records a message that was sent, or was not: a line for each target, counter and event when one took it, else the budget is
   * given back. `also` runs in the same transaction, and it alone when the channel was removed while the message was sent.
   */
  async recordOutbound(
    channel: Channel,
    { text, results, budget }: { text: string; results: readonly TargetResult[]; budget: TakenBudget },
    also: () => Promise<void>,
  ): Promise<void> {
    await this.ports.transactions.run(async () => {
      if (!(await this.repository.keep(channel, channel.id))) return also();
      await this.messages.insertAll(
        results.map(({ target, ok, error }) => ({
          ...this.outboundLine(channel, text, target, ok ? 'sent' : 'failed'),
          reason: error,
        })),
      );
      if (results.some(({ ok }) => ok)) await this.count(channel, { direction: 'outbound' });
      else await this.repository.returnBudget(channel, channel.id, budget.periodFrom);
      await also();
    });
  }

  /** Counts one message and publishes its event, in the caller's transaction. */
  async count(channel: Channel, told: { direction: 'inbound' | 'outbound'; username?: string | null }): Promise<void> {
    await this.repository.count(channel, channel.id, this.ports.clock.now());
    const payload = { channel_id: channel.id, channel_type: channel.channelType, ...told };
    await this.events.publish(channel, { type: 'CHANNEL_MESSAGE', agentId: channel.agentId, payload });
  }

  /** A line of a message to one target, not yet stored. */
  outboundLine(channel: Channel, text: string, target: string, status: ChannelMessage['status']): ChannelMessage {
    return {
      id: this.ports.ids.next(),
      channelId: channel.id,
      workspaceId: channel.workspaceId,
      direction: 'outbound',
      status,
      reason: null,
      chatId: target,
      userId: null,
      username: null,
      text: text.slice(0, longestText),
      replyText: null,
      providerMessageId: null,
      deliveryId: null,
      createdAt: this.ports.clock.now(),
    };
  }
}
