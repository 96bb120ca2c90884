import { Injectable } from '@nestjs/common';
import { platformOf } from '#chat-platforms';
import { ChannelLogService } from './channel-log.service.js';
import { ChannelMessagesRepository } from './channel-messages.repository.js';
import { ChannelPorts } from './channel-ports.service.js';
import { ChannelRepliesService } from './channel-replies.service.js';
import { ChannelsRepository } from './channels.repository.js';

const heading = '[Slack channel context — recent team messages]';
const contextMessages = 10;
const contextLength = 200;
const postLength = 500;

/** A workspace's Slack channel as the place where its schedules are talked about. */
@Injectable()
export class ChannelPostsService {
  constructor(
    private readonly channels: ChannelsRepository,
    private readonly messages: ChannelMessagesRepository,
    private readonly log: ChannelLogService,
    private readonly replies: ChannelRepliesService,
    private readonly ports: ChannelPorts,
  ) {}

  /** What was said lately in the Slack channels of these workspaces, as lines that go before a prompt. One statement. */
  async contextsOf(workspaceIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const said = await this.messages.findRecentOfSlack(workspaceIds, contextMessages);
    const contexts = new Map<string, string>();
    for (const { workspaceId, name, text } of said) {
      const line = `- ${name}: ${text.replace(/\s+/g, ' ').slice(0, contextLength)}`;
      contexts.set(workspaceId, `${contexts.get(workspaceId) ?? heading}\n${line}`);
    }
    return contexts;
  }

  /**
   * Has a text posted to the workspace's enabled Slack channel, if it has one and its budget has room: a line for each target,
   * in the caller's transaction, and a job that sends it.
   */
  async postToSlack(workspaceId: string, text: string): Promise<void> {
    const channel = await this.channels.findByType({ workspaceId }, 'slack');
    if (!channel?.enabled) return;
    const now = this.ports.clock.now();
    if ((await this.channels.takeBudget(channel, channel.id, { now, limited: true })) === null) return;
    await this.log.count(channel, { direction: 'outbound' });
    // Targets are no secrets: nothing is opened in the transaction that keeps an agent's answer.
    const targets = platformOf('slack').targetsOf(channel.config);
    const lines = targets.map((target) => this.log.outboundLine(channel, shortened(text), target, 'accepted'));
    await this.messages.insertAll(lines);
    for (const line of lines) await this.replies.post(line);
  }
}

function shortened(text: string): string {
  return text.length > postLength ? `${text.slice(0, postLength - 3)}...` : text;
}
