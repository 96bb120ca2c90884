import { Injectable } from '@nestjs/common';
import { EventFeedService } from '../events/event-feed.service.js';
import { StreamAccessService } from './stream-access.service.js';
import { StreamLimits } from './stream-limits.js';
import { StreamSlotsService } from './stream-slots.service.js';

/** What every WebSocket connection works with. */
@Injectable()
export class SocketPartsService {
  constructor(
    readonly feed: EventFeedService,
    readonly access: StreamAccessService,
    readonly slots: StreamSlotsService,
    readonly limits: StreamLimits,
  ) {}
}
