import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { DnsResolver } from './dns-resolver.js';

/** What a loopback server was asked. */
export interface RecordedRequest {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
}

/** A server on loopback that records what it was asked. */
export interface LoopbackServer {
  port: number;
  requests: RecordedRequest[];
  /** How many connections were opened to it, requests or not. */
  connections(): number;
  /** Resolves once no connection to it is open. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** Answers one recorded request. */
export type Answer = (request: RecordedRequest, response: ServerResponse) => void;

/** Starts a plain HTTP server, or a TLS one when a key is given. */
export async function startServer(
  answer: Answer,
  tls?: { key: string; cert: string },
  host = '127.0.0.1',
): Promise<LoopbackServer> {
  const requests: RecordedRequest[] = [];
  const listener: RequestListener = (request, response) => {
    void text(request).then((body) => {
      const recorded = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body };
      requests.push(recorded);
      answer(recorded, response);
    });
  };
  const server = tls ? createTlsServer(tls, listener) : createServer(listener);
  return { requests, ...(await listen(server, host)) };
}

/** Starts a plain HTTP server with a listener of its own, which records nothing. */
export async function startListener(listener: RequestListener): Promise<Omit<LoopbackServer, 'requests'>> {
  return await listen(createServer(listener), '127.0.0.1');
}

/** A listener that speaks no protocol: whoever connects to it has already gone too far. */
export async function startCanary(host = '127.0.0.1'): Promise<Omit<LoopbackServer, 'requests'>> {
  return await listen(
    createTcpServer((socket) => socket.on('error', () => undefined)),
    host,
  );
}

/** A TCP server whose connections are handled by hand. */
export async function startRaw(handle: (socket: Socket) => void): Promise<Omit<LoopbackServer, 'requests'>> {
  return await listen(createTcpServer(handle), '127.0.0.1');
}

async function listen(server: Server, host: string) {
  const open = new Set<Socket>();
  let connections = 0;
  let settle: () => void = () => undefined;
  server.on('connection', (socket: Socket) => {
    connections++;
    open.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => {
      open.delete(socket);
      if (open.size === 0) settle();
    });
  });
  server.listen(0, host);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    idle: () => (open.size === 0 ? Promise.resolve() : new Promise<void>((resolve) => (settle = resolve))),
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A resolver whose answers are given: each name has a list of answers, the last of which is repeated. */
export class GivenResolver extends DnsResolver {
  readonly asked: string[] = [];

  constructor(private readonly answers: Readonly<Record<string, readonly (readonly string[])[]>>) {
    super();
  }

  async resolve(host: string): Promise<readonly string[]> {
    const answers = this.answers[host];
    const turn = this.asked.filter((name) => name === host).length;
    this.asked.push(host);
    const answer = answers?.[Math.min(turn, answers.length - 1)];
    if (!answer) throw Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND' });
    return answer;
  }
}
