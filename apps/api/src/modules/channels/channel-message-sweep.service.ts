import { Injectable } from '@nestjs/common';
import { Clock } from '#kernel';
import { RetentionSweep } from '../../platform/retention-sweep.js';
import { ChannelMessagesRepository } from './channel-messages.repository.js';

/** Removes lines of channels' logs that are older than thirty days. */
@Injectable()
export class ChannelMessageSweepService extends RetentionSweep {
  constructor(
    private readonly messages: ChannelMessagesRepository,
    clock: Clock,
  ) {
    super('channel-messages', clock);
  }

  protected remove(before: Date, most: number): Promise<number> {
    return this.messages.removeOlder(before, most);
  }
}
