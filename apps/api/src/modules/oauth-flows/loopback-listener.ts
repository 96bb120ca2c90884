import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from './connection-page.js';

/** What is answered to a hit. An end closes the listener; anything else leaves it to wait for the right one. */
export interface LoopbackReply {
  status: number;
  page: Page;
  ended: boolean;
}

/** Judges a hit of `/callback` by its parameters. */
export type LoopbackHandler = (parameters: URLSearchParams, userAgent: string | null) => Promise<LoopbackReply>;

/** A listener of 127.0.0.1 that serves `/callback` until one hit ends it, its time is over, or it is closed. */
export class LoopbackListener {
  readonly #server: Server;
  readonly #timer: NodeJS.Timeout;
  /** Settles when nothing is served any more. */
  readonly closed: Promise<void>;

  private constructor(server: Server, lifetimeMs: number) {
    this.#server = server;
    this.closed = new Promise((resolve) => server.once('close', resolve));
    this.#timer = setTimeout(() => this.close(), lifetimeMs);
    this.#timer.unref();
    server.unref();
  }

  /** Listens on a port of the system's choice. */
  static async open(handler: LoopbackHandler, lifetimeMs: number): Promise<LoopbackListener> {
    const server = createServer((request, response) => {
      void answer(request, response, handler, () => listener.close());
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    const listener = new LoopbackListener(server, lifetimeMs);
    return listener;
  }

  /** The port that is listened on. */
  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Serves nothing from now on; an answer that is under way is finished. */
  close(): void {
    clearTimeout(this.#timer);
    this.#server.close();
    this.#server.closeIdleConnections();
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  handler: LoopbackHandler,
  end: () => void,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  response.setHeader('Connection', 'close');
  if (request.method !== 'GET' || url.pathname !== '/callback') {
    response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' }).end('Not found\n');
    return;
  }
  const { status, page, ended } = await handler(url.searchParams, request.headers['user-agent'] ?? null);
  if (ended) response.once('finish', end);
  response
    .writeHead(status, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': page.contentSecurityPolicy,
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
    })
    .end(page.html);
}
