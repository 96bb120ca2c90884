import { setTimeout as sleep } from 'node:timers/promises';
import { type EventCursor, isAfter } from './event-cursor-rules.js';
import type { EventSink, Unsubscribe } from './event-feed.types.js';
import type { EventReadsRepository } from './event-reads.repository.js';
import type { StreamedEvent } from './events.types.js';

const pageSize = 100;
const shortestHoldMs = 5;
const longestHoldMs = 250;
const afterFailureMs = 1_000;

const pause = (ms: number): Promise<void> => sleep(ms, undefined, { ref: false });

interface Subscriber {
  sink: EventSink;
  cursor: EventCursor;
  /** Fed from the shared reading; one that is not reads for itself until it has caught up. */
  isLive: boolean;
  isOver: boolean;
}

/**
 * The stream of one workspace in this process: one reading for all subscribers that keep up, and one each for those that
 * are behind, because they resume or because they read slowly. Nothing is kept here beyond the page that is being handed out.
 */
export class WorkspaceFeed {
  readonly #subscribers = new Set<Subscriber>();
  #isReading = false;
  #isStale = false;

  constructor(
    private readonly workspaceId: string,
    private readonly reads: EventReadsRepository,
    private cursor: EventCursor,
    private readonly on: { failure(error: unknown): void; idle(): void },
  ) {}

  /** Whether nobody listens any more. */
  get isIdle(): boolean {
    return this.#subscribers.size === 0;
  }

  /** Gives the sink everything after the cursor, now and from now on. */
  subscribe(sink: EventSink, cursor: EventCursor): Unsubscribe {
    const subscriber: Subscriber = { sink, cursor, isLive: false, isOver: false };
    this.#subscribers.add(subscriber);
    void this.#catchUp(subscriber);
    return () => this.#leave(subscriber);
  }

  /** Reads what is new. Calls while it reads are one further reading. */
  wake(): void {
    if (this.#isReading) this.#isStale = true;
    else void this.#read();
  }

  /** Ends every subscription. */
  end(): void {
    for (const subscriber of this.#subscribers) {
      this.#leave(subscriber);
      subscriber.sink.end('shutting_down');
    }
  }

  async #read(): Promise<void> {
    this.#isReading = true;
    for (let holdMs = shortestHoldMs; !this.isIdle; ) {
      this.#isStale = false;
      try {
        const { events, last, isFull, isHeld } = await this.reads.findAfter(this.workspaceId, this.cursor, pageSize);
        if (last) this.cursor = last;
        for (const subscriber of this.#subscribers) if (subscriber.isLive) this.#feed(subscriber, events);
        if (isFull || this.#isStale) continue;
        if (!isHeld) break;
        await pause(holdMs);
        holdMs = last ? shortestHoldMs : Math.min(holdMs * 2, longestHoldMs);
      } catch (error) {
        this.on.failure(error);
        await pause(afterFailureMs);
      }
    }
    this.#isReading = false;
  }

  // A live subscriber whose sink fills up goes back to reading for itself, when it is ready for more.
  #feed(subscriber: Subscriber, events: readonly StreamedEvent[]): void {
    for (const event of events) {
      if (!isAfter(event.cursor, subscriber.cursor)) continue;
      if (subscriber.sink.isFull()) {
        subscriber.isLive = false;
        void this.#catchUp(subscriber);
        return;
      }
      subscriber.cursor = event.cursor;
      subscriber.sink.take(event);
    }
  }

  async #catchUp(subscriber: Subscriber): Promise<void> {
    while (!subscriber.isOver) {
      if (!(await subscriber.sink.drained())) return this.#drop(subscriber);
      // What the shared reading has handed out by now, a page that comes back short has been through as well.
      const shared = this.cursor;
      try {
        const { events, last, isFull } = await this.reads.findAfter(this.workspaceId, subscriber.cursor, pageSize);
        if (subscriber.isOver) return;
        for (const event of events) subscriber.sink.take(event);
        if (last) subscriber.cursor = last;
        if (isFull) continue;
        if (isAfter(shared, subscriber.cursor)) subscriber.cursor = shared;
        if (isAfter(this.cursor, subscriber.cursor)) continue;
      } catch (error) {
        this.on.failure(error);
        await pause(afterFailureMs);
        continue;
      }
      subscriber.isLive = true;
      return this.wake();
    }
  }

  #drop(subscriber: Subscriber): void {
    if (subscriber.isOver) return;
    this.#leave(subscriber);
    subscriber.sink.end('slow_consumer');
  }

  #leave(subscriber: Subscriber): void {
    subscriber.isOver = true;
    if (this.#subscribers.delete(subscriber) && this.isIdle) this.on.idle();
  }
}
