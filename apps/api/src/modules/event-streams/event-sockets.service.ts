import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Application, Request } from 'express';
import { type WebSocket, WebSocketServer } from 'ws';
import { AppConfig } from '#config';
import { mayOpenSocket } from '#http';
import { Ids } from '#kernel';
import { closeCodes, EventSocket } from './event-socket.js';
import { SocketPartsService } from './socket-parts.service.js';
import { StrangerPlaces } from './stranger-places.js';

const path = '/ws';
const maxMessageBytes = 16 * 1_024;
const farewellMs = 500;

/** Streams of events over WebSocket, at `/ws` on the port of the API. */
@Injectable()
export class EventSocketsService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #log = new Logger('event-streams');
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes, perMessageDeflate: false });
  readonly #strangers: StrangerPlaces;
  #isStopping = false;

  constructor(
    private readonly http: HttpAdapterHost,
    private readonly config: AppConfig,
    private readonly ids: Ids,
    private readonly parts: SocketPartsService,
  ) {
    this.#strangers = new StrangerPlaces(parts.limits);
  }

  onApplicationBootstrap(): void {
    const server = this.http.httpAdapter.getHttpServer() as Server;
    // With a listener for upgrades, Node would hand it every request that offers one, such as `Upgrade: h2c` on any path.
    Object.assign(server, { shouldUpgradeCallback: isForUs });
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      const address = this.#addressOf(request);
      const refusal = this.#refusalOf(request, address);
      if (refusal) return refuse(socket, refusal);
      this.#server.handleUpgrade(request, socket, head, (opened) => this.#opened(opened, request, address));
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

  // Behind a proxy that is trusted the address is the client's, as for every other request: Express decides.
  #addressOf(request: IncomingMessage): string | null {
    const { request: prototype } = this.http.httpAdapter.getInstance<Application & { request: object }>();
    return (Object.setPrototypeOf(request, prototype) as Request).ip ?? null;
  }

  #refusalOf(request: IncomingMessage, address: string | null): string | null {
    if (!isForUs(request)) return '404 Not Found';
    const { publicUrl, allowedOrigins } = this.config.http;
    if (!mayOpenSocket(request, [publicUrl, ...allowedOrigins])) return '403 Forbidden';
    const refusal = this.#strangers.refusalOf(address);
    if (refusal === 'too_many_of_address') return '429 Too Many Requests';
    const isFull = refusal === 'full' || this.#server.clients.size >= this.parts.limits.total;
    return isFull || this.#isStopping ? '503 Service Unavailable' : null;
  }

  #opened(socket: WebSocket, request: IncomingMessage, address: string | null): void {
    const known = this.#strangers.take(address);
    socket.once('close', known);
    const origin = {
      ip: address,
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
