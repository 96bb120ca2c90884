import { Module } from '@nestjs/common';
import { AccessGuard } from '#access';
import { EventsModule } from '../events/events.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { WorkspaceTokensModule } from '../workspace-tokens/workspace-tokens.module.js';
import { EventListsService } from './event-lists.service.js';
import { EventSocketsService } from './event-sockets.service.js';
import { EventStreamController } from './event-stream.controller.js';
import { EventsController } from './events.controller.js';
import { SocketPartsService } from './socket-parts.service.js';
import { SseService } from './sse.service.js';
import { StreamAccessService } from './stream-access.service.js';
import { StreamLimits } from './stream-limits.js';
import { StreamSlotsService } from './stream-slots.service.js';

/** Who receives events, and how: lists, server-sent events, WebSocket. */
@Module({
  imports: [EventsModule, IdentityModule, WorkspaceTokensModule],
  controllers: [EventsController, EventStreamController],
  providers: [
    AccessGuard,
    EventListsService,
    EventSocketsService,
    SocketPartsService,
    SseService,
    StreamAccessService,
    StreamLimits,
    StreamSlotsService,
  ],
  exports: [StreamSlotsService],
})
export class EventStreamsModule {}
