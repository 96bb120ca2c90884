import { Injectable } from '@nestjs/common';
import { unreachable } from '#kernel';
import { ChannelConfigService, platformOfChannel } from './channel-config.service.js';
import { ChannelMessagesRepository } from './channel-messages.repository.js';
import { ChannelPorts } from './channel-ports.service.js';
import { ChannelsRepository } from './channels.repository.js';
import type { ChannelMessage } from './channels.types.js';
import { PlatformCallsService } from './platform-calls.service.js';
import type { ReplyJob } from './reply-job.js';

const notice = 'Error: the agent could not be reached';
// One entry for each further attempt.
const pausesMs = [10_000, 60_000, 300_000] as const;

/** Sends one answer, and says when to try again. */
@Injectable()
export class ReplySendingService {
  constructor(
    private readonly channels: ChannelsRepository,
    private readonly messages: ChannelMessagesRepository,
    private readonly configs: ChannelConfigService,
    private readonly calls: PlatformCallsService,
    private readonly ports: ChannelPorts,
  ) {}

  /** Sends what the job says, unless it was sent. Answers the next attempt where one may help, else null; a failure is in the log. */
  async send(job: ReplyJob): Promise<{ job: ReplyJob; at: Date } | null> {
    const message = await this.messages.findById(job, job.messageId);
    if (message === null || message.chatId === null || isDone(message)) return null;
    const text = textOf(job, message);
    const channel = await this.channels.findById(job, message.channelId);
    if (text === null || channel === null) return null;
    if (!channel.enabled) return this.#fail(job, message, 'channel is disabled');
    const platform = platformOfChannel(channel);
    const config = await this.configs.openOrNull(channel);
    if (config === null) return this.#fail(job, message, 'the secrets of the channel cannot be opened');
    const target = platform.replyTargetOf(config, message.chatId);
    const verdict = await this.calls.sendText(platform, config, { target, text, from: job.sent });
    if (verdict.ok) return this.#done(job, message);
    const pause = pausesMs[job.attempt - 1];
    if (!verdict.mayPass || pause === undefined) return this.#fail(job, message, verdict.reason);
    const at = new Date(this.ports.clock.now().getTime() + pause);
    return { job: { ...job, sent: verdict.sent, attempt: job.attempt + 1 }, at };
  }

  // A notice leaves the line as failed: that the agent was not reached is what people look for.
  async #done(job: ReplyJob, message: ChannelMessage): Promise<null> {
    if (job.what === 'notice') return null;
    const status = job.what === 'reply' ? 'answered' : 'sent';
    await this.messages.update(job, message.id, message.status, { status });
    return null;
  }

  async #fail(job: ReplyJob, message: ChannelMessage, reason: string): Promise<null> {
    const told = job.what === 'reply' ? `the answer could not be sent: ${reason}` : reason;
    if (job.what !== 'notice')
      await this.messages.update(job, message.id, message.status, { status: 'failed', reason: told });
    return null;
  }
}

function isDone({ status }: ChannelMessage): boolean {
  return status === 'answered' || status === 'sent';
}

function textOf({ what }: ReplyJob, message: ChannelMessage): string | null {
  switch (what) {
    case 'reply':
      return message.replyText;
    case 'notice':
      return notice;
    case 'post':
      return message.text;
    default:
      return unreachable(what);
  }
}
