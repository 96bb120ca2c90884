import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** One block of a stream, as it was written. */
export interface SseBlock {
  id?: string;
  event?: string;
  comment?: string;
  data?: { type: string; timestamp: number; data: Record<string, unknown>; reason?: string };
}

/** Reads a stream as a browser's EventSource would, and keeps every block. */
export class SseReader {
  readonly blocks: SseBlock[] = [];
  isOver = false;
  lastEventId = '';
  readonly response: { status: number; headers: Headers };

  private constructor(private readonly message: IncomingMessage) {
    this.response = {
      status: message.statusCode ?? 0,
      headers: new Headers(message.headers as Record<string, string>),
    };
    void this.#read().catch(() => undefined);
  }

  /** Opens a stream on a connection of its own, so that nothing of it is left when it is closed. */
  static async open(url: string, token: string | null, headers: Record<string, string> = {}): Promise<SseReader> {
    const authorization = token === null ? {} : { Authorization: `Bearer ${token}` };
    const call = get(url, { agent: false, headers: { ...authorization, ...headers } });
    call.on('error', () => undefined);
    const [message] = (await once(call, 'response')) as [IncomingMessage];
    return new SseReader(message);
  }

  /** The events, without pings and ids. */
  get events(): NonNullable<SseBlock['data']>[] {
    return this.blocks.flatMap(({ data, event }) => (data && event === undefined ? [data] : []));
  }

  /** Resolves when so many events have come. */
  async until(count: number): Promise<NonNullable<SseBlock['data']>[]> {
    while (this.events.length < count) {
      if (this.isOver) throw new Error(`the stream ended after ${this.events.length} events`);
      await sleep(2);
    }
    return this.events;
  }

  /** Resolves when the other side has ended the stream. */
  async ended(): Promise<SseBlock | undefined> {
    while (!this.isOver) await sleep(2);
    return this.blocks.at(-1);
  }

  /** Leaves. */
  close(): void {
    this.message.destroy();
  }

  async #read(): Promise<void> {
    const decoder = new TextDecoder();
    let text = '';
    try {
      for await (const chunk of this.message) {
        text += decoder.decode(chunk as Buffer, { stream: true });
        for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
          this.#take(text.slice(0, end));
          text = text.slice(end + 2);
        }
      }
    } finally {
      this.isOver = true;
    }
  }

  #take(block: string): void {
    const found: SseBlock = {};
    for (const line of block.split('\n')) {
      if (line.startsWith(':')) found.comment = line.slice(1).trim();
      const [, name, value = ''] = /^(id|event|data): (.*)$/.exec(line) ?? [];
      if (name === 'id') this.lastEventId = found.id = value;
      if (name === 'event') found.event = value;
      if (name === 'data') found.data = JSON.parse(value) as NonNullable<SseBlock['data']>;
    }
    this.blocks.push(found);
  }
}
