import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { RepeatingTask } from '../../platform/repeating-task.js';
import { beforeTransaction, type EventCursor, isAfter, parseCursor } from './event-cursor-rules.js';
import type { EventSink, Unsubscribe } from './event-feed.types.js';
import { EventNoticesRepository } from './event-notices.repository.js';
import { EventReadsRepository } from './event-reads.repository.js';
import { eventErrors } from './events.errors.js';
import { WorkspaceFeed } from './workspace-feed.js';

const lookEveryMs = 5_000;

/** A running subscription. */
export interface Subscription {
  /** Where it began. */
  cursor: EventCursor;
  unsubscribe: Unsubscribe;
}

/**
 * Hands out what is published anywhere, by whatever process, as soon as it is committed: in one order that is the same for
 * every reader, nothing twice and nothing left out. Workspaces that nobody listens to cost nothing. Notices say what to read;
 * what a process wrote that died before it could give notice is found within five seconds.
 */
@Injectable()
export class EventFeedService implements BeforeApplicationShutdown {
  readonly #log = new Logger('events');
  readonly #feeds = new Map<string, WorkspaceFeed>();
  #isStopping = false;
  #isListening = false;
  #lookedAt: bigint | null = null;
  readonly #looking = new RepeatingTask(
    'events',
    () => lookEveryMs,
    () => this.lookAround(),
  );

  constructor(
    private readonly reads: EventReadsRepository,
    private readonly notices: EventNoticesRepository,
  ) {}

  /**
   * Gives the sink the events of a workspace: those after the event with the id `after`, or only new ones.
   * @throws AppError 400 `event.cursor_invalid`, 503 `event.shutting_down`.
   */
  async subscribe(workspaceId: string, sink: EventSink, after: string | null = null): Promise<Subscription> {
    const from = after === null ? null : parseCursor(after);
    if (after !== null && from === null) throw eventErrors.cursorInvalid();
    // Listening comes first: what is committed after the horizon was read is heard of.
    await this.#listen();
    const { horizon, held } = await this.reads.standing(workspaceId);
    const now = beforeTransaction(horizon);
    // A place that the stream has not reached belongs to another database, or to one that was restored from a backup.
    if (from !== null && isAfter(from, now)) throw eventErrors.cursorInvalid();
    if (this.#isStopping) throw eventErrors.shuttingDown();
    const feed = this.#feeds.get(workspaceId) ?? this.#open(workspaceId, now);
    if (from !== null) return { cursor: from, unsubscribe: feed.subscribe(sink, from) };
    return { cursor: now, unsubscribe: feed.subscribe(without(held, sink), now) };
  }

  /** Ends every subscription; new ones are refused. */
  beforeApplicationShutdown(): Promise<void> {
    this.#isStopping = true;
    for (const feed of [...this.#feeds.values()]) feed.end();
    return this.#looking.stop();
  }

  /** Has feeds read whose workspaces have new events, whether or not there was notice of them. */
  async lookAround(): Promise<void> {
    if (this.#feeds.size === 0) {
      this.#lookedAt = null;
      return;
    }
    const listened = [...this.#feeds.keys()];
    const { touched, horizon } =
      this.#lookedAt === null
        ? { touched: listened, horizon: await this.reads.horizon() }
        : await this.reads.touchedSince(this.#lookedAt, listened);
    this.#lookedAt = horizon;
    for (const workspaceId of touched) this.#feeds.get(workspaceId)?.wake();
  }

  async #listen(): Promise<void> {
    if (this.#isListening) return;
    await this.notices.listen({
      touched: (workspaceId) => this.#feeds.get(workspaceId)?.wake(),
      missed: () => {
        for (const feed of this.#feeds.values()) feed.wake();
      },
    });
    if (!this.#isListening) this.#looking.start();
    this.#isListening = true;
  }

  #open(workspaceId: string, cursor: EventCursor): WorkspaceFeed {
    const feed = new WorkspaceFeed(workspaceId, this.reads, cursor, {
      failure: (error) => {
        if (!this.#isStopping) this.#log.error(error);
      },
      idle: () => this.#feeds.delete(workspaceId),
    });
    this.#feeds.set(workspaceId, feed);
    return feed;
  }
}

// What was there before is not new, though the stream comes to it only now.
function without(held: ReadonlySet<bigint>, sink: EventSink): EventSink {
  if (held.size === 0) return sink;
  return {
    take: (event) => {
      if (!held.has(event.cursor.seq)) sink.take(event);
    },
    isFull: () => sink.isFull(),
    drained: () => sink.drained(),
    end: (reason) => sink.end(reason),
  };
}
