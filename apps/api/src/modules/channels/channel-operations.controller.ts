import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, InstanceAdmin, Public, Scope } from '#access';
import { Audited, NotAudited } from '#audit-log';
import { chatPlatforms } from '#chat-platforms';
import { Endpoint } from '#http';
import type { WorkspaceScope } from '#kernel';
import { WorkspaceParameter } from '../workspaces/workspace-parameter.decorator.js';
import { ChannelDiscoveryService } from './channel-discovery.service.js';
import { ChannelSendingService } from './channel-sending.service.js';
import { ChannelWebhookService } from './channel-webhook.service.js';
import { toAdapterResponse } from './channels.mapper.js';
import { ChannelAdapterResponse } from './dto/channel-adapter.response.js';
import { ChannelWebhookResponse } from './dto/channel-webhook.response.js';
import { DiscoverChatsDto } from './dto/discover-chats.dto.js';
import { DiscoveredChatsResponse } from './dto/discovered-chats.response.js';
import { SendMessageDto } from './dto/send-message.dto.js';
import { SentMessageResponse } from './dto/sent-message.response.js';
import { TestedChannelResponse } from './dto/tested-channel.response.js';

/** What is done with channels and chat platforms beside keeping them. */
@ApiTags('Channels')
@Controller('api/v1')
export class ChannelOperationsController {
  constructor(
    private readonly sending: ChannelSendingService,
    private readonly webhooks: ChannelWebhookService,
    private readonly discovery: ChannelDiscoveryService,
  ) {}

  @Post('workspaces/:workspaceId/channels/:channelId/send')
  @WorkspaceParameter()
  @Access('channel:create', { in: 'path', orWorkspaceToken: true })
  @Audited('channel.send')
  @Endpoint({
    id: 'sendChannelMessage',
    summary: 'Send a message through a channel',
    description:
      'To every target of the channel. 200 when one took it, 502 with `results` when none did, 429 when the channel’s budget is used up, 409 when the channel is switched off.',
    type: SentMessageResponse,
    errors: [400, 404, 409, 502],
  })
  send(
    @Scope() scope: WorkspaceScope,
    @Param('channelId') id: string,
    @Body() body: SendMessageDto,
  ): Promise<SentMessageResponse> {
    return this.sending.send(scope, id, body.text);
  }

  @Post('workspaces/:workspaceId/channels/:channelId/test')
  @WorkspaceParameter()
  @Access('channel:create', { in: 'path', orWorkspaceToken: true })
  @Audited('channel.test')
  @Endpoint({
    id: 'testChannel',
    summary: 'Send the test message through a channel',
    description: 'Works on a channel that is switched off too. It counts, but no budget stops it.',
    type: TestedChannelResponse,
    errors: [404, 502],
  })
  test(@Scope() scope: WorkspaceScope, @Param('channelId') id: string): Promise<TestedChannelResponse> {
    return this.sending.test(scope, id);
  }

  @Post('workspaces/:workspaceId/channels/:channelId/webhook')
  @WorkspaceParameter()
  @Access('channel:manage', { in: 'path', orWorkspaceToken: true })
  @Audited('channel.webhook_register')
  @Endpoint({
    id: 'registerChannelWebhook',
    summary: 'Have the platform send its messages here',
    description:
      'Telegram is told the address and the secret. Discord is asked which chat the webhook belongs to, so that no other workspace can claim it. The others say what to enter where.',
    type: ChannelWebhookResponse,
    errors: [404, 502],
  })
  register(@Scope() scope: WorkspaceScope, @Param('channelId') id: string): Promise<ChannelWebhookResponse> {
    return this.webhooks.register(scope, id);
  }

  @Get('channels/adapters')
  @Public('The platforms that the product knows are no secret')
  @Endpoint({
    id: 'listChannelAdapters',
    summary: 'List the chat platforms and what each needs',
    type: [ChannelAdapterResponse],
  })
  adapters(): ChannelAdapterResponse[] {
    return chatPlatforms.map(toAdapterResponse);
  }

  @Post('channels/discover')
  @InstanceAdmin()
  @NotAudited('It changes nothing, here or at Telegram')
  @Endpoint({
    id: 'discoverChannelChats',
    summary: 'Find the chats that a Telegram bot was written to in',
    description: 'Only reads: the bot’s webhook and updates stay as they are. A bot with a webhook is answered 400.',
    type: DiscoveredChatsResponse,
    errors: [400, 502],
  })
  discover(@Body() body: DiscoverChatsDto): Promise<DiscoveredChatsResponse> {
    return this.discovery.discover(body);
  }
}
