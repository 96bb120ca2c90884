import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import type { TestApp } from '#testing';

/** What successes hold, for assertions: each operation has some of it. */
export interface ConsoleData {
  id: string;
  config: { name: string; server_url: string; transport: string; auth_type: string };
  discovered: number;
  created: number;
  updated: number;
  disabled: number;
}

/** One entry of the lists, for assertions. */
export interface ConsoleEntry {
  id: string;
  action_name: string;
  is_enabled: boolean;
  status: string;
  is_connected: boolean;
  config_fields: { key: string }[];
}

/** An answer of the console, read. */
export interface ConsoleAnswer {
  status: number;
  headers: Headers;
  /** Of a success `message` and `data`, of an error all but `data`. */
  body: { message: unknown; data: ConsoleData; error: string; code: string; statusCode: number; request_id: string };
  /** `data` where it is a list. */
  list: ConsoleEntry[];
  text: string;
}

/** A program with a team key. Every answer is held against the contract. */
export class ConsoleProgram {
  constructor(
    private readonly test: TestApp,
    readonly key: string,
    readonly agentId: string,
  ) {}

  /** One call below `/agents/{agentId}`. */
  async call(
    method: string,
    path: string,
    { json, headers = {} }: { json?: unknown; headers?: Record<string, string> } = {},
  ): Promise<ConsoleAnswer> {
    const response = await this.test.call(`/api/v1/console/agents/${this.agentId}${path}`, {
      method,
      token: this.key,
      headers,
      ...(json !== undefined && { json }),
    });
    const text = await response.text();
    const body = JSON.parse(text) as ConsoleAnswer['body'];
    const list: unknown = body.data;
    return {
      status: response.status,
      headers: response.headers,
      body,
      list: Array.isArray(list) ? (list as ConsoleEntry[]) : [],
      text,
    };
  }

  configure(json: unknown, headers: Record<string, string> = {}): Promise<ConsoleAnswer> {
    return this.call('POST', '/integrations/mcp_server/configure', { json, headers });
  }

  /** Makes a server and answers its id. */
  async make(values: Record<string, unknown> = {}): Promise<string> {
    const answer = await this.configure({ name: 'A server', server_url: 'https://mcp.example.com/mcp', ...values });
    if (answer.status !== 201) throw new Error(`configure answered ${answer.status}: ${answer.text}`);
    return answer.body.data.id;
  }

  /** An operation on one server. */
  on(id: string, method: string, path = '', json?: unknown): Promise<ConsoleAnswer> {
    return this.call(method, `/integrations/mcp_server/${id}${path}`, { json });
  }
}

/** A workspace with an agent that has a workflow, and a program that may do everything there. */
export async function consoleTeam(test: TestApp, limit: number | null = null) {
  const owner = await test.seed.workspace({ integrationLimit: limit });
  const agentId = await test.seed.agent(owner.workspaceId, { workflowId: 'workflow-1' });
  const program = new ConsoleProgram(test, await test.seed.teamKey(owner.workspaceId), agentId);
  return { owner, workspaceId: owner.workspaceId, agentId, program };
}

/** Resolves when so many statements wait for rows that others hold. */
export async function lockWaiters({ prisma }: TestApp, count: number): Promise<void> {
  const waiting = async () =>
    (
      await prisma.client.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
    )[0]?.count ?? 0;
  while ((await waiting()) < count) await new Promise((after) => setTimeout(after, 20));
}

/** Listeners on loopback, closed together. */
export class Listeners {
  readonly #servers: Server[] = [];

  async listen(listener: RequestListener): Promise<{ url: string; requests: IncomingMessage[] }> {
    const requests: IncomingMessage[] = [];
    const server = createServer((request, response) => {
      requests.push(request);
      listener(request, response);
    });
    this.#servers.push(server);
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`, requests };
  }

  close(): void {
    for (const server of this.#servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  }
}

/** A tool of {@link changingServer}. */
export interface OfferedTool {
  title?: string;
  description?: string;
  /** Name of its one argument. */
  argument?: string;
}

/** A real MCP server whose tools are those of the map at the moment of the call. */
export function changingServer(tools: Map<string, OfferedTool>): RequestListener {
  const handler = createMcpHandler(() => {
    const server = new McpServer({ name: 'changing', version: '1.0.0' });
    for (const [name, { title, description, argument = 'query' }] of tools) {
      const inputSchema = z.object({ [argument]: z.string() });
      server.registerTool(name, { title, description, inputSchema }, async () => ({ content: [] }));
    }
    return server;
  });
  return (request, response) => {
    void (async () => {
      const body = request.method === 'POST' ? new Uint8Array(await buffer(request)) : null;
      const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)]);
      const answer = await handler.fetch(
        new Request(`http://${request.headers.host}${request.url}`, { method: request.method, headers, body }),
      );
      response.writeHead(answer.status, Object.fromEntries(answer.headers));
      for await (const chunk of answer.body ?? []) response.write(chunk);
      response.end();
    })();
  };
}
