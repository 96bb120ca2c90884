import { once } from 'node:events';
import type { Response } from 'express';
import { type EventCursor, formatCursor } from '../events/event-cursor-rules.js';
import type { EndReason, EventSink } from '../events/event-feed.types.js';
import type { StreamedEvent } from '../events/events.types.js';
import { sseFrame } from './event-frame-rules.js';
import type { StreamLimits } from './stream-limits.js';

const farewellMs = 2_000;

/** Writes events as `text/event-stream` (WHATWG HTML, "Server-sent events"). */
export class SseSink implements EventSink {
  #open: () => void = () => undefined;
  readonly #opened = new Promise<void>((resolve) => {
    this.#open = resolve;
  });
  #ping: NodeJS.Timeout | null = null;

  constructor(
    private readonly response: Response,
    private readonly limits: Pick<StreamLimits, 'bufferBytes' | 'drainMs' | 'pingMs'>,
    private readonly onEnd: (reason: EndReason) => void,
  ) {
    response.once('close', () => {
      if (this.#ping) clearInterval(this.#ping);
    });
  }

  /** Begins the answer. The id without data tells a reader where to resume before anything has happened. */
  start(cursor: EventCursor): void {
    this.response.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store, no-transform',
      // Kept alive after its end, it would hold up a server that stops.
      Connection: 'close',
      // A proxy that collects answers would hold events back.
      'X-Accel-Buffering': 'no',
    });
    this.response.write(': ping\n\n');
    this.response.write(`id: ${formatCursor(cursor)}\n\n`);
    this.#ping = setInterval(() => {
      if (!this.response.writableEnded && !this.isFull()) this.response.write(': ping\n\n');
    }, this.limits.pingMs).unref();
    this.#open();
  }

  take(event: StreamedEvent): void {
    if (!this.response.writableEnded) this.response.write(sseFrame(event));
  }

  isFull(): boolean {
    return this.response.writableLength > this.limits.bufferBytes;
  }

  async drained(): Promise<boolean> {
    await this.#opened;
    if (!this.isFull()) return true;
    const signal = AbortSignal.timeout(this.limits.drainMs);
    return once(this.response, 'drain', { signal }).then(
      () => true,
      () => false,
    );
  }

  /** Says why, ends the answer, and does not wait for a reader that does not read. */
  end(reason: EndReason): void {
    if (this.response.writableEnded) return;
    this.onEnd(reason);
    this.response.end(`event: closed\ndata: ${JSON.stringify({ reason })}\n\n`);
    setTimeout(() => this.response.destroy(), farewellMs).unref();
  }
}
