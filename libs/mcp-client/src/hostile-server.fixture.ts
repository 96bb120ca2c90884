import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { Egress, EgressPolicy } from '#egress';
import type { Secret } from '#kernel';
import { startListener } from '../../egress/src/loopback.fixture.js';
import { type ProbeResult, probeServer } from './index.js';

/** A server's way to answer. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => void;
/** A JSON-RPC message, as far as the tests look at it. */
export interface Rpc {
  id?: number | string;
  method?: string;
  params?: { cursor?: string };
}

interface Options {
  transport?: 'http' | 'sse';
  headers?: Record<string, string | Secret>;
  deadlineMs?: number;
}

/** Tests a server that answers as given, and closes everything. */
export async function probe(handler: Handler, options: Options = {}): Promise<ProbeResult> {
  const server = await startListener(handler);
  const egress = new Egress(EgressPolicy.parse('127.0.0.1'));
  const { transport = 'http', headers = {}, deadlineMs } = options;
  try {
    return await probeServer(
      { transport, endpoint: `http://127.0.0.1:${server.port}/mcp`, headers },
      { egress, deadlineMs },
    );
  } finally {
    await server.close();
    await egress.close();
  }
}

/** A server of the 2025 era whose answer to `tools/list`, and to nothing else, is given. */
export function listing(answer: (rpc: Rpc) => object): Handler {
  return (request, response) => {
    if (request.method !== 'POST') return void response.writeHead(405).end();
    void json(request).then((body) => {
      const rpc = body as Rpc;
      if (rpc.method === 'notifications/initialized') return response.writeHead(202).end();
      const outcome =
        rpc.method === 'initialize'
          ? {
              result: {
                protocolVersion: '2025-06-18',
                capabilities: { tools: {} },
                serverInfo: { name: 'n', version: '1' },
              },
            }
          : rpc.method === 'tools/list'
            ? answer(rpc)
            : { error: { code: -32601, message: 'Method not found' } };
      return reply(response, { jsonrpc: '2.0', id: rpc.id, ...outcome });
    });
  };
}

/** Answers with JSON. */
export function reply(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** So many tools, numbered. */
export const tools = (count: number, from = 0) =>
  Array.from({ length: count }, (_, n) => ({ name: `tool_${from + n}`, inputSchema: { type: 'object' } }));

/** A server whose every answer is this JSON-RPC error. */
export const failingWith =
  (error: object, status = 200): Handler =>
  (request, response) =>
    void json(request).then((body) => reply(response, { jsonrpc: '2.0', id: (body as Rpc).id, error }, status));
