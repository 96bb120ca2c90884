import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** One request as it arrived. */
export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: Record<string, unknown>;
  /** The text of the message in it. */
  text: string;
  /** Whether the signature is right. */
  isSigned: boolean;
}

/** What the receiver answers. */
export interface Answering {
  status: number;
  headers?: Record<string, string>;
  json?: unknown;
}

/** An endpoint for deliveries on loopback: it checks signatures and remembers what came. */
export class Receiver {
  readonly requests: Received[] = [];
  /** Asked for every request. */
  answer: (request: Received) => Answering = () => ({ status: 204 });
  /** How long it takes to answer. */
  delayMs = 0;

  private constructor(
    private readonly server: Server,
    public secret: string,
  ) {}

  /** Listens on a free port. */
  static async start(secret: string): Promise<Receiver> {
    const server = createServer();
    const receiver = new Receiver(server, secret);
    server.on('request', async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const received = receiver.#read(request.url ?? '', request.headers, Buffer.concat(chunks).toString('utf8'));
      receiver.requests.push(received);
      if (receiver.delayMs > 0) await wait(receiver.delayMs, undefined, { ref: false });
      const { status, headers, json } = receiver.answer(received);
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(json === undefined ? undefined : JSON.stringify(json));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return receiver;
  }

  /** Where it listens. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Resolves when so many requests have come. */
  async has(count: number): Promise<void> {
    while (this.requests.length < count) await wait(20);
  }

  /** Forgets what came and answers as at first. */
  reset(): void {
    this.requests.length = 0;
    this.answer = () => ({ status: 204 });
    this.delayMs = 0;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  #read(path: string, headers: IncomingHttpHeaders, raw: string): Received {
    const body = JSON.parse(raw) as Record<string, unknown>;
    const timestamp = String(headers['x-delivery-timestamp']);
    const right = createHmac('sha256', this.secret).update(`${timestamp}.${raw}`).digest('hex');
    const isSigned = /^\d+$/.test(timestamp) && headers['x-delivery-signature'] === `v1=${right}`;
    return { path, headers, body, isSigned, text: textOf(body) };
  }
}

function textOf(body: Record<string, unknown>): string {
  const message = JSON.stringify(body.data ?? body);
  return /"text":"([^"]*)"/.exec(message)?.[1] ?? '';
}
