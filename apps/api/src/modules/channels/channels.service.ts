import { Injectable } from '@nestjs/common';
import { AppConfig } from '#config';
import { type Page, type PageRequest, raise, type WorkspaceScope } from '#kernel';
import { ChannelMessagesRepository } from './channel-messages.repository.js';
import { channelErrors } from './channels.errors.js';
import { toChannelResponse, toMessageResponse, webhookUrlOf } from './channels.mapper.js';
import { ChannelsRepository } from './channels.repository.js';
import type { Channel } from './channels.types.js';
import type { ChannelResponse } from './dto/channel.response.js';
import type { ChannelDetailResponse } from './dto/channel-detail.response.js';
import type { ChannelMessageResponse } from './dto/channel-message.response.js';

/** Reading channels and their logs. */
@Injectable()
export class ChannelsService {
  constructor(
    private readonly repository: ChannelsRepository,
    private readonly messageRows: ChannelMessagesRepository,
    private readonly config: AppConfig,
  ) {}

  /** One page of the workspace's channels, oldest first. */
  async list(scope: WorkspaceScope, page: PageRequest): Promise<Page<ChannelResponse>> {
    const { items, total } = await this.repository.findMany(scope, page);
    return { items: items.map(toChannelResponse), total };
  }

  /** @throws AppError `channel.not_found`, also for another workspace's. */
  async get(scope: WorkspaceScope, id: string): Promise<ChannelDetailResponse> {
    const channel = await this.getRow(scope, id);
    return { ...toChannelResponse(channel), webhook_url: this.webhookUrlOf(channel) };
  }

  /** One page of a channel's log, newest first. @throws AppError `channel.not_found`. */
  async messages(scope: WorkspaceScope, id: string, page: PageRequest): Promise<Page<ChannelMessageResponse>> {
    await this.getRow(scope, id);
    const { items, total } = await this.messageRows.findMany(scope, id, page);
    return { items: items.map(toMessageResponse), total };
  }

  /** Where the channel's platform is to send its messages. */
  webhookUrlOf(channel: Channel): string {
    return webhookUrlOf(this.config.http.publicUrl, channel);
  }

  /** The stored row. @throws AppError `channel.not_found`. */
  async getRow(scope: Pick<WorkspaceScope, 'workspaceId'>, id: string): Promise<Channel> {
    return (await this.repository.findById(scope, id)) ?? raise(channelErrors.notFound());
  }
}
