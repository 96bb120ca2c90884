import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { type WebSocket, WebSocketServer } from 'ws';
import { AppConfig } from '#config';
import { mayOpenSocket } from '#http';
import { Ids } from '#kernel';
import { closeCodes, EventSocket } from './event-socket.js';
import { SocketPartsService } from './socket-parts.service.js';

const path = '/ws';
const maxMessageBytes = 16 * 1_024;
const farewellMs = 500;

/** Streams of events over WebSocket, at `/ws` on the port of the API. */
@Injectable()
export class EventSocketsService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #log = new Logger('event-streams');
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes, perMessageDeflate: false });
  #strangers = 0;
  #isStopping = false;

  constructor(
    private readonly http: HttpAdapterHost,
    private readonly config: AppConfig,
    private readonly ids: Ids,
    private readonly parts: SocketPartsService,
  ) {}

  onApplicationBootstrap(): void {
    const server = this.http.httpAdapter.getHttpServer() as Server;
    // With a listener for upgrades, Node would hand it every request that offers one, such as `Upgrade: h2c` on any path.
    Object.assign(server, { shouldUpgradeCallback: isForUs });
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      const refusal = this.#refusalOf(request);
      if (refusal) return refuse(socket, refusal);
      this.#server.handleUpgrade(request, socket, head, (opened) => this.#opened(opened, request));
    });
  }

  /** Closes every connection, and does not wait long for those that do not answer. */
  async beforeApplicationShutdown(): Promise<void> {
    this.#isStopping = true;
    const { clients } = this.#server;
    const gone = [...clients].map((socket) => new Promise((resolve) => socket.once('close', resolve)));
    for (const socket of clients) socket.close(closeCodes.goingAway, 'shutting_down');
    const impatience = setTimeout(() => {
      for (const socket of clients) socket.terminate();
    }, farewellMs);
    await Promise.all(gone);
    clearTimeout(impatience);
  }

  #refusalOf(request: IncomingMessage): string | null {
    if (!isForUs(request)) return '404 Not Found';
    const { publicUrl, allowedOrigins } = this.config.http;
    if (!mayOpenSocket(request, [publicUrl, ...allowedOrigins])) return '403 Forbidden';
    const isFull =
      this.#strangers >= this.parts.limits.strangers || this.#server.clients.size >= this.parts.limits.total;
    return isFull || this.#isStopping ? '503 Service Unavailable' : null;
  }

  #opened(socket: WebSocket, request: IncomingMessage): void {
    this.#strangers += 1;
    let isStranger = true;
    const known = (): void => {
      if (isStranger) this.#strangers -= 1;
      isStranger = false;
    };
    socket.once('close', known);
    const origin = {
      ip: request.socket.remoteAddress ?? null,
      userAgent: request.headers['user-agent']?.slice(0, 250) ?? null,
      requestId: this.ids.next(),
    };
    new EventSocket(socket, origin, this.parts, { known, failure: (error) => this.#log.error(error) });
  }
}

function isForUs({ url, headers }: IncomingMessage): boolean {
  return (url ?? '').split('?', 1)[0] === path && headers.upgrade?.toLowerCase() === 'websocket';
}

function refuse(socket: Duplex, status: string): void {
  socket.once('error', () => undefined);
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
