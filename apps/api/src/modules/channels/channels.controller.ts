import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Scope } from '#access';
import { Audited } from '#audit-log';
import { BodyAfterLookup, Endpoint, type LateBody, PageQuery } from '#http';
import type { Page, WorkspaceScope } from '#kernel';
import { WorkspaceParameter } from '../workspaces/workspace-parameter.decorator.js';
import { ChannelWritingService } from './channel-writing.service.js';
import { ChannelsService } from './channels.service.js';
import { ChannelResponse } from './dto/channel.response.js';
import { ChannelDeletedResponse, ChannelUpdatedResponse } from './dto/channel-changed.response.js';
import { ChannelDetailResponse } from './dto/channel-detail.response.js';
import { ChannelMessageResponse } from './dto/channel-message.response.js';
import { CreateChannelDto } from './dto/create-channel.dto.js';
import { CreatedChannelResponse } from './dto/created-channel.response.js';
import { UpdateChannelDto } from './dto/update-channel.dto.js';

/** Chat platforms that a workspace's agents talk on (seed 004). */
@ApiTags('Channels')
@Controller('api/v1/workspaces/:workspaceId/channels')
export class ChannelsController {
  constructor(
    private readonly channels: ChannelsService,
    private readonly writing: ChannelWritingService,
  ) {}

  @Get()
  @WorkspaceParameter()
  @Access('channel:read', { in: 'path', orWorkspaceToken: true })
  @Endpoint({
    id: 'listChannels',
    summary: 'List the channels of the workspace',
    description: 'Oldest first. Secrets are masked.',
    type: [ChannelResponse],
    paged: true,
  })
  list(@Scope() scope: WorkspaceScope, @Query() page: PageQuery): Promise<Page<ChannelResponse>> {
    return this.channels.list(scope, page);
  }

  @Post()
  @WorkspaceParameter()
  @Access('channel:manage', { in: 'path', orWorkspaceToken: true })
  @Audited('channel.create')
  @Endpoint({
    id: 'createChannel',
    summary: 'Make a channel',
    description:
      'One of a type in a workspace. A Telegram channel without a `webhook_secret` gets one: inbound messages need it.',
    status: 201,
    type: CreatedChannelResponse,
    errors: [400, 409],
  })
  create(@Scope() scope: WorkspaceScope, @Body() body: CreateChannelDto): Promise<CreatedChannelResponse> {
    return this.writing.create(scope, body);
  }

  @Get(':channelId')
  @WorkspaceParameter()
  @Access('channel:read', { in: 'path', orWorkspaceToken: true })
  @Endpoint({ id: 'getChannel', summary: 'Get one channel', type: ChannelDetailResponse, errors: [404] })
  get(@Scope() scope: WorkspaceScope, @Param('channelId') id: string): Promise<ChannelDetailResponse> {
    return this.channels.get(scope, id);
  }

  @Patch(':channelId')
  @WorkspaceParameter()
  @Access('channel:manage', { in: 'path', orWorkspaceToken: true })
  @Audited('channel.update')
  @Endpoint({
    id: 'updateChannel',
    summary: 'Change a channel',
    description: '`config` replaces the whole configuration; a secret sent as its mask stays as it was.',
    type: ChannelUpdatedResponse,
    body: UpdateChannelDto,
    errors: [400, 404],
  })
  update(
    @Scope() scope: WorkspaceScope,
    @Param('channelId') id: string,
    @BodyAfterLookup(UpdateChannelDto) body: LateBody<UpdateChannelDto>,
  ): Promise<ChannelUpdatedResponse> {
    return this.writing.update(scope, id, body);
  }

  @Delete(':channelId')
  @WorkspaceParameter()
  @Access('channel:manage', { in: 'path', orWorkspaceToken: true })
  @Audited('channel.delete')
  @Endpoint({
    id: 'deleteChannel',
    summary: 'Remove a channel with its log',
    type: ChannelDeletedResponse,
    errors: [404],
  })
  remove(@Scope() scope: WorkspaceScope, @Param('channelId') id: string): Promise<ChannelDeletedResponse> {
    return this.writing.remove(scope, id);
  }

  @Get(':channelId/messages')
  @WorkspaceParameter()
  @Access('channel:read', { in: 'path', orWorkspaceToken: true })
  @Endpoint({
    id: 'listChannelMessages',
    summary: 'List what went through a channel',
    description: 'Newest first; also what was dropped, with the reason. Kept for 30 days.',
    type: [ChannelMessageResponse],
    paged: true,
    errors: [404],
  })
  messages(
    @Scope() scope: WorkspaceScope,
    @Param('channelId') id: string,
    @Query() page: PageQuery,
  ): Promise<Page<ChannelMessageResponse>> {
    return this.channels.messages(scope, id, page);
  }
}
