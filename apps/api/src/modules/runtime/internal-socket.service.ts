import { createServer, type RequestListener, type Server } from 'node:http';
import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { noteUnixSocket } from '#access';
import { AppConfig } from '#config';
import { listenOnSocket } from './socket-file.js';

const keepAliveMs = 65_000;
const idleSweepMs = 50;

/**
 * Serves the runtime's paths on the Unix socket `INTERNAL_SOCKET`, where one is named, with the same application; the fence
 * of `#access` answers 404 for every other path there. From nearby addresses the paths stay served over TCP as well.
 */
@Injectable()
export class InternalSocketService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  #server: Server | null = null;

  constructor(
    private readonly config: AppConfig,
    private readonly host: HttpAdapterHost,
  ) {}

  /** @throws AppError `internal_socket.*`, which keeps the process from starting. */
  async onApplicationBootstrap(): Promise<void> {
    const path = this.config.auth.internalSocket;
    if (path === null) return;
    const application = this.host.httpAdapter.getInstance<RequestListener>();
    const server = createServer((request, response) => {
      noteUnixSocket(request);
      application(request, response);
    });
    server.keepAliveTimeout = keepAliveMs;
    await listenOnSocket(server, path);
    this.#server = server;
  }

  /** Lets the running requests finish; closing removes the file. */
  async beforeApplicationShutdown(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server === null) return;
    // A connection that was busy when the server closed stays open after its answer, and closing would wait for it.
    const sweep = setInterval(() => server.closeIdleConnections(), idleSweepMs);
    await new Promise<void>((resolve) => void server.close(() => resolve()));
    clearInterval(sweep);
  }
}
