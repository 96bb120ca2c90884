import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { McpServer as OldMcpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { SSEServerTransport } from '@modelcontextprotocol/sdk/server/sse.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';

const identity = { name: 'github-mcp', version: '1.2.3', title: 'GitHub' };
const says = async () => ({ content: [{ type: 'text' as const, text: 'done' }] });

function oldServer(): OldMcpServer {
  const server = new OldMcpServer(identity);
  server.registerTool('search', { description: 'Searches code' }, says);
  server.registerTool('create_issue', {}, says);
  return server;
}

/** A server of the 2025 era over streamable HTTP, with sessions. */
export function streamable2025(): { listener: RequestListener; openSessions: Set<string> } {
  const sessions = new Map<string, StreamableHTTPServerTransport>();
  const openSessions = new Set<string>();
  const listener = async (request: IncomingMessage, response: ServerResponse) => {
    const known = sessions.get(String(request.headers['mcp-session-id']));
    if (known) return await known.handleRequest(request, response);
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: () => `session-${sessions.size + 1}`,
      onsessioninitialized: (id) => {
        sessions.set(id, transport);
        openSessions.add(id);
      },
      onsessionclosed: (id) => {
        openSessions.delete(id);
      },
    });
    await oldServer().connect(transport);
    return await transport.handleRequest(request, response);
  };
  return { listener: (request, response) => void listener(request, response), openSessions };
}

/** A server of the 2024 transport: an SSE stream, and a second address to post to. */
export function sse2024(): RequestListener {
  const streams = new Map<string, SSEServerTransport>();
  return (request, response) => {
    const url = new URL(request.url ?? '/', 'http://x');
    const stream = streams.get(url.searchParams.get('sessionId') ?? '');
    if (request.method === 'POST' && stream) void stream.handlePostMessage(request, response);
    else {
      const transport = new SSEServerTransport('/messages', response);
      streams.set(transport.sessionId, transport);
      void oldServer().connect(transport);
    }
  };
}

/** A server that speaks only the stateless revision of 2026-07-28. */
export function stateless2026(): RequestListener {
  const handler = createMcpHandler(
    () => {
      const server = new McpServer(identity);
      server.registerTool('search', { description: 'Searches code' }, says);
      return server;
    },
    { legacy: 'reject' },
  );
  return (request, response) => void bridge(handler.fetch, request, response);
}

async function bridge(handle: (request: Request) => Promise<Response>, incoming: IncomingMessage, out: ServerResponse) {
  const { method = 'GET', url = '/' } = incoming;
  const body = method === 'POST' ? new Uint8Array(await buffer(incoming)) : null;
  const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)]);
  const answer = await handle(new Request(`http://${incoming.headers.host}${url}`, { method, headers, body }));
  out.writeHead(answer.status, Object.fromEntries(answer.headers));
  for await (const chunk of answer.body ?? []) out.write(chunk);
  out.end();
}
