// Composio on loopback, as far as the product uses it: what a test does not decide is as Composio's own client has it.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ComposioProject, sampleProject } from './composio-project.js';
import { type StubRoute, stubRoutes, terseRoutes } from './stub-operations.js';
import { type StubOperation, StubRefusal } from './stub-request.js';

/** What a call meets instead of the usual answer. */
export interface StubFault {
  status?: number;
  /** Sent as JSON unless it is a text. */
  body?: unknown;
  headers?: Record<string, string>;
  /** Redirects there with 307. */
  redirectTo?: string;
  /** Never answers. */
  hang?: boolean;
  /** Begins to answer, and never ends. */
  stall?: boolean;
  /** Closes the connection instead of answering. */
  hangUp?: boolean;
  delayMs?: number;
  /** How many calls meet it; 1 unless told. */
  times?: number;
}

/** A call that the stub got. */
export interface StubCall {
  operation: StubOperation;
  method: string;
  /** With the query. */
  path: string;
  key: string | null;
  body: Record<string, unknown>;
}

/** One running stub. */
export class ComposioStub {
  /** Projects by their API keys. */
  readonly projects = new Map<string, ComposioProject>();
  /** Every call of an operation so far, refused ones included. */
  readonly calls: StubCall[] = [];
  /** Most items of a page. */
  pageSize = 2;
  /**
   * Lists MCP servers with their id, name and URL only, and answers only the calls that other clients of Composio are known
   * to make: servers are changed below `/mcp/servers`, and are not deleted.
   */
  isTerse = false;
  #faults: { operation: StubOperation | '*'; fault: StubFault; left: number }[] = [];
  #serial = 0;
  readonly #server = createServer((request, response) => {
    this.#answer(request, response).catch(() => response.destroy());
  });

  /** Starts one with a sample project for each key. */
  static async start(...keys: string[]): Promise<ComposioStub> {
    const stub = new ComposioStub();
    for (const key of keys) stub.projects.set(key, sampleProject());
    stub.#server.listen(0, '127.0.0.1');
    await once(stub.#server, 'listening');
    return stub;
  }

  /** Base URL, for `COMPOSIO_BASE_URL`. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The project behind a key. */
  project(key: string): ComposioProject {
    const project = this.projects.get(key);
    if (project === undefined) throw new Error('the stub has no project of that key');
    return project;
  }

  /** How often an operation was called. */
  count(operation: StubOperation): number {
    return this.calls.filter((call) => call.operation === operation).length;
  }

  /** Makes the next calls of an operation, or of any, meet a fault. */
  disturb(operation: StubOperation | '*', fault: StubFault): void {
    this.#faults.push({ operation, fault, left: fault.times ?? 1 });
  }

  /** Forgets calls and faults, and gives every key a fresh sample project. */
  reset(): void {
    this.calls.length = 0;
    this.#faults = [];
    this.pageSize = 2;
    this.isTerse = false;
    for (const key of this.projects.keys()) this.projects.set(key, sampleProject());
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    const found = findRoute(this.isTerse ? terseRoutes : stubRoutes, request.method ?? 'GET', url.pathname);
    if (found === null) return send(response, 404, { error: { message: 'Route not found', status: 404 } });
    const text = await textOf(request);
    const header = request.headers['x-api-key'];
    const key = typeof header === 'string' ? header : null;
    const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
    const { operation } = found.route;
    this.calls.push({ operation, method: found.route.method, path: url.pathname + url.search, key, body });
    const fault = this.#faultOf(operation);
    if (fault !== null) return disturbed(response, fault);
    const project = this.projects.get(key ?? '');
    if (project === undefined) return send(response, 401, refusalOf(new StubRefusal(401, `Invalid API key: ${key}`)));
    try {
      this.#serial += 1;
      const { pageSize } = this;
      const asked = { project, query: url.searchParams, pathId: found.pathId, body, pageSize, serial: this.#serial };
      send(response, found.route.status, found.route.answer(asked));
    } catch (error) {
      if (!(error instanceof StubRefusal)) throw error;
      send(response, error.status, refusalOf(error));
    }
  }

  #faultOf(operation: StubOperation): StubFault | null {
    const order = this.#faults.find((each) => each.left > 0 && ['*', operation].includes(each.operation));
    if (order === undefined) return null;
    order.left -= 1;
    return order.fault;
  }
}

function findRoute(
  routes: readonly StubRoute[],
  method: string,
  pathname: string,
): { route: StubRoute; pathId: string } | null {
  const path = /^\/api\/v3(?:\.1)?(\/.*)$/.exec(pathname)?.[1];
  if (path === undefined) return null;
  for (const route of routes) {
    const match = new RegExp(`^${route.path.replace(':id', '([^/]+)')}$`).exec(path);
    if (match !== null && route.method === method) return { route, pathId: decodeURIComponent(match[1] ?? '') };
  }
  return null;
}

async function disturbed(response: ServerResponse, fault: StubFault): Promise<void> {
  if (fault.delayMs) await sleep(fault.delayMs, undefined, { ref: false });
  if (fault.hang) return;
  if (fault.stall) {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"items": [');
    return;
  }
  if (fault.hangUp) {
    response.destroy();
    return;
  }
  const headers = { ...fault.headers, ...(fault.redirectTo && { location: fault.redirectTo }) };
  send(response, fault.status ?? (fault.redirectTo ? 307 : 500), fault.body ?? {}, headers);
}

function refusalOf({ status, message, extra }: StubRefusal): object {
  return { error: { message, status, code: status, request_id: 'stub', ...extra } };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function send(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}
