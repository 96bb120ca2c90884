import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';

/** What the server said. */
export type SocketReply = Record<string, unknown> & { payload?: Record<string, unknown> };

/** A WebSocket client that keeps everything it hears. */
export class SocketClient {
  readonly heard: SocketReply[] = [];
  closed: { code: number; reason: string } | null = null;
  /** Status of a refused upgrade. */
  refused: number | null = null;
  readonly socket: WebSocket;

  constructor(url: string, headers: Record<string, string> = {}) {
    this.socket = new WebSocket(`${url.replace(/^http/, 'ws')}/ws`, { headers });
    this.socket.on('message', (data) => this.heard.push(JSON.parse(String(data)) as SocketReply));
    this.socket.on('close', (code, reason) => {
      this.closed = { code, reason: String(reason) };
    });
    this.socket.on('unexpected-response', (_request, response) => {
      this.refused = response.statusCode ?? 0;
    });
    this.socket.on('error', () => undefined);
  }

  /** A connection that has presented a token. */
  static async known(url: string, token: string): Promise<SocketClient> {
    const client = new SocketClient(url);
    await client.say({ type: 'auth', token });
    await client.hears('authenticated');
    return client;
  }

  /** Says something once the connection is open. */
  async say(message: unknown): Promise<void> {
    while (this.socket.readyState === WebSocket.CONNECTING) await sleep(2);
    this.socket.send(typeof message === 'string' || Buffer.isBuffer(message) ? message : JSON.stringify(message));
  }

  /** Subscribes, and resolves with the answer, `subscribed` or `error`. */
  async subscribe(workspaceId: string, more: Record<string, unknown> = {}): Promise<SocketReply> {
    const before = this.heard.length;
    await this.say({ type: 'subscribe', workspace_id: workspaceId, ...more });
    return this.#next(before, ({ type }) => type === 'subscribed' || type === 'error');
  }

  /** Resolves with the first message of the type. */
  hears(type: string): Promise<SocketReply> {
    return this.#next(0, (message) => message.type === type);
  }

  /** Resolves with the events when so many have come. */
  async events(count: number): Promise<SocketReply[]> {
    const events = () => this.heard.filter((message) => 'event' in message);
    while (events().length < count) {
      if (this.closed) throw new Error(`closed after ${events().length} events: ${this.closed.reason}`);
      await sleep(2);
    }
    return events();
  }

  /** Resolves when the connection is over. */
  async over(): Promise<{ code: number; reason: string }> {
    for (;;) {
      if (this.closed) return this.closed;
      await sleep(2);
    }
  }

  close(): void {
    this.socket.close();
  }

  async #next(from: number, wanted: (message: SocketReply) => boolean): Promise<SocketReply> {
    for (;;) {
      const found = this.heard.slice(from).find(wanted);
      if (found) return found;
      if (this.closed) throw new Error(`closed: ${this.closed.code} ${this.closed.reason}`);
      await sleep(2);
    }
  }
}
