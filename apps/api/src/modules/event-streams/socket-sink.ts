import { setTimeout as sleep } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import type { EndReason, EventSink } from '../events/event-feed.types.js';
import type { StreamedEvent } from '../events/events.types.js';
import { socketFrame } from './event-frame-rules.js';
import type { StreamLimits } from './stream-limits.js';

const lookEveryMs = 50;

/** Sends the events of one subscription as frames of a WebSocket. */
export class SocketSink implements EventSink {
  #isOpen = false;
  #isOver = false;

  constructor(
    private readonly socket: WebSocket,
    private readonly limits: Pick<StreamLimits, 'bufferBytes' | 'drainMs'>,
    private readonly onEnd: (reason: EndReason) => void,
  ) {}

  /** Lets events through: the answer to the subscription has been sent. */
  open(): void {
    this.#isOpen = true;
  }

  /** Lets nothing through any more. */
  close(): void {
    this.#isOver = true;
  }

  take(event: StreamedEvent): void {
    if (!this.#isOver) this.socket.send(socketFrame(event), () => undefined);
  }

  isFull(): boolean {
    return !this.#isOpen || this.socket.bufferedAmount > this.limits.bufferBytes;
  }

  // A WebSocket does not say when it has drained.
  async drained(): Promise<boolean> {
    for (let waitedMs = 0; this.isFull(); waitedMs += lookEveryMs) {
      if (this.#isOver || waitedMs >= this.limits.drainMs) return false;
      await sleep(this.#isOpen ? lookEveryMs : 1);
    }
    return true;
  }

  end(reason: EndReason): void {
    if (!this.#isOver) this.onEnd(reason);
  }
}
