import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobHandlers, JobQueue } from '#jobs';
import type { DeliveryOutcome } from '../deliveries/deliveries.types.js';
import { DeliveryOutcomes } from '../deliveries/delivery-outcomes.service.js';
import { ChannelMessagesRepository } from './channel-messages.repository.js';
import type { ChannelMessage } from './channels.types.js';
import { type ReplyJob, replyJobSchema } from './reply-job.js';
import { ReplySendingService } from './reply-sending.service.js';

/** The job that sends an answer to its chat. */
const replyTask = 'channels.reply';

/** Answers of agents on their way back to the chat that the message came from. */
@Injectable()
export class ChannelRepliesService implements OnModuleInit {
  constructor(
    private readonly messages: ChannelMessagesRepository,
    private readonly sending: ReplySendingService,
    private readonly outcomes: DeliveryOutcomes,
    private readonly handlers: JobHandlers,
    private readonly queue: JobQueue,
  ) {}

  onModuleInit(): void {
    this.outcomes.register('channel', {
      settled: (outcome) => this.#settled(outcome),
      replied: (outcome) => this.#replied(outcome),
    });
    this.handlers.register(replyTask, (payload) => this.#send(replyJobSchema.parse(payload)));
  }

  /** Has a message answered in its chat, in the caller's transaction. */
  async answer(message: Pick<ChannelMessage, 'id' | 'workspaceId'>, text: string): Promise<void> {
    const found = await this.messages.setReply(message, message.id, text);
    if (found) await this.#enqueue(message, 'reply');
  }

  /** Has a text of ours sent to its target, in the caller's transaction. */
  post(line: Pick<ChannelMessage, 'id' | 'workspaceId'>): Promise<void> {
    return this.#enqueue(line, 'post');
  }

  async #settled({ status, workspaceId, originId: id, error }: DeliveryOutcome): Promise<void> {
    if (status !== 'dead' && status !== 'cancelled') return;
    const failed = await this.messages.update({ workspaceId }, id, 'accepted', { status: 'failed', reason: error });
    if (failed && status === 'dead') await this.#enqueue({ id, workspaceId }, 'notice');
  }

  async #replied({ workspaceId, originId: id, replyText }: DeliveryOutcome): Promise<void> {
    if (replyText) await this.answer({ id, workspaceId }, replyText);
  }

  #enqueue({ id, workspaceId }: Pick<ChannelMessage, 'id' | 'workspaceId'>, what: ReplyJob['what']): Promise<void> {
    const job: ReplyJob = { workspaceId, messageId: id, what, sent: 0, attempt: 1 };
    return this.queue.add(replyTask, job, { key: keyOf(job) });
  }

  async #send(job: ReplyJob): Promise<void> {
    const next = await this.sending.send(job);
    if (next) await this.queue.add(replyTask, next.job, { key: keyOf(job), runAt: next.at });
  }
}

function keyOf({ messageId, what }: ReplyJob): string {
  return `${replyTask}:${messageId}:${what}`;
}
