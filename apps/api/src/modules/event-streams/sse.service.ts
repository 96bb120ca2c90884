import { Injectable, Logger } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Presented } from '#access';
import type { WorkspaceScope } from '#kernel';
import { EventFeedService } from '../events/event-feed.service.js';
import { SseSink } from './sse-sink.js';
import { StreamAccessService } from './stream-access.service.js';
import { StreamLimits } from './stream-limits.js';
import { StreamSlotsService } from './stream-slots.service.js';

/** Streams of events over plain HTTP. */
@Injectable()
export class SseService {
  readonly #log = new Logger('event-streams');

  constructor(
    private readonly feed: EventFeedService,
    private readonly access: StreamAccessService,
    private readonly slots: StreamSlotsService,
    private readonly limits: StreamLimits,
  ) {}

  /**
   * Answers with the workspace's events until the reader leaves, reads too slowly or may not see them any more.
   * @throws AppError before anything is answered: a wrong `after`, too many streams.
   */
  async open(scope: WorkspaceScope, request: Request, response: Response, after: string | null): Promise<void> {
    // Whoever left while they were let in is not told of again: no slot would ever be given back.
    if (response.destroyed) return;
    const release = this.slots.take(scope.actor);
    response.once('close', release);
    const sink = new SseSink(response, this.limits, (reason) =>
      this.#log.log(`a stream of workspace ${scope.workspaceId} was closed: ${reason}`),
    );
    const { cursor, unsubscribe } = await this.feed.subscribe(scope.workspaceId, sink, after);
    if (response.destroyed) return unsubscribe();
    response.once('close', unsubscribe);
    sink.start(cursor);
    this.#watch(scope, request, response, sink);
  }

  // A stream outlives the check at its beginning.
  #watch({ workspaceId, origin }: WorkspaceScope, { headers }: Request, response: Response, sink: SseSink): void {
    const { authorization, cookie } = headers;
    const presented: Presented = { headers: { authorization, cookie }, origin };
    const timer = setInterval(async () => {
      if (!(await this.access.isStillAdmitted(presented, workspaceId))) sink.end('access_lost');
    }, this.limits.recheckMs).unref();
    response.once('close', () => clearInterval(timer));
  }
}
