import { Module } from '@nestjs/common';
import { AuditLogModule } from '#audit-log';
import { JobsModule } from '#jobs';
import { PrismaModule } from '#prisma';
import { AgentsModule } from '../agents/agents.module.js';
import { DeliveriesModule } from '../deliveries/deliveries.module.js';
import { EgressModule } from '../egress/egress.module.js';
import { EventsModule } from '../events/events.module.js';
import { KeyringModule } from '../keyring/keyring.module.js';
import { SchedulesModule } from '../schedules/schedules.module.js';
import { ChannelConfigService } from './channel-config.service.js';
import { ChannelDiscoveryService } from './channel-discovery.service.js';
import { ChannelLogService } from './channel-log.service.js';
import { ChannelMessageSweepService } from './channel-message-sweep.service.js';
import { ChannelMessagesRepository } from './channel-messages.repository.js';
import { ChannelOperationsController } from './channel-operations.controller.js';
import { ChannelPorts } from './channel-ports.service.js';
import { ChannelPostsService } from './channel-posts.service.js';
import { ChannelRepliesService } from './channel-replies.service.js';
import { ChannelSendingService } from './channel-sending.service.js';
import { ChannelTransferService } from './channel-transfer.service.js';
import { ChannelWebhookService } from './channel-webhook.service.js';
import { ChannelWritingService } from './channel-writing.service.js';
import { ChannelsController } from './channels.controller.js';
import { ChannelsRepository } from './channels.repository.js';
import { ChannelsService } from './channels.service.js';
import { GithubWebhooksService } from './github-webhooks.service.js';
import { InboundService } from './inbound.service.js';
import { InboundMessagesService } from './inbound-messages.service.js';
import { InboundSurroundings } from './inbound-surroundings.service.js';
import { PlatformCallsService } from './platform-calls.service.js';
import { ReplySendingService } from './reply-sending.service.js';
import { ScheduleTalkService } from './schedule-talk.service.js';
import { WebhookReceiptsRepository } from './webhook-receipts.repository.js';
import { WebhooksController } from './webhooks.controller.js';

/** Chat platforms that agents talk on: sending, taking messages, and GitHub's events. */
@Module({
  imports: [
    AgentsModule,
    AuditLogModule,
    DeliveriesModule,
    EgressModule,
    EventsModule,
    JobsModule,
    KeyringModule,
    PrismaModule,
    SchedulesModule,
  ],
  controllers: [ChannelOperationsController, ChannelsController, WebhooksController],
  providers: [
    ChannelConfigService,
    ChannelDiscoveryService,
    ChannelLogService,
    ChannelMessageSweepService,
    ChannelMessagesRepository,
    ChannelPorts,
    ChannelPostsService,
    ChannelRepliesService,
    ChannelSendingService,
    ChannelTransferService,
    ChannelWebhookService,
    ChannelWritingService,
    ChannelsRepository,
    ChannelsService,
    GithubWebhooksService,
    InboundMessagesService,
    InboundService,
    InboundSurroundings,
    PlatformCallsService,
    ReplySendingService,
    ScheduleTalkService,
    WebhookReceiptsRepository,
  ],
  exports: [ChannelPostsService, ChannelTransferService],
})
export class ChannelsModule {}
