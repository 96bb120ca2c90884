import type { IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { type DnsResolver, Egress, EgressPolicy } from '#egress';
import { GivenResolver, startCanary } from '../../egress/src/loopback.fixture.js';
import { failingWith, type Handler, listing, probe, type Rpc, reply, tools } from './hostile-server.fixture.js';
import { type ProbeResult, probeServer } from './index.js';

const cleanup: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of cleanup.splice(0)) await close();
});

describe('a server that refuses', () => {
  it.each(['http', 'sse'] as const)('with 401 or 403 needs authentication (%s)', async (transport) => {
    for (const status of [401, 403]) {
      const challenge = { 'www-authenticate': 'Bearer error="insufficient_scope"' };
      const result = await probe((_request, response) => response.writeHead(status, challenge).end(), { transport });
      expect(result).toMatchObject({ status: 'auth_required', message: 'Server requires authentication' });
    }
  });

  it('only the list of its tools needs authentication too, and is still named', async () => {
    const open = listing(() => ({}));
    const result = await probe((request, response) => {
      let text = '';
      request.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      if (request.headers['mcp-protocol-version'] === '2025-06-18' && request.method === 'POST') {
        request.on('end', () =>
          (text.includes('tools/list') ? response.writeHead(401) : response.writeHead(202)).end(),
        );
      } else open(request, response);
    });
    expect(result).toMatchObject({ status: 'auth_required', server_info: { name: 'n', version: '1' } });
  });

  it.each([400, 404, 405, 429, 500, 503])('with %d is told by its number', async (status) => {
    for (const transport of ['http', 'sse'] as const) {
      const result = await probe((_request, response) => response.writeHead(status).end('<p>no</p>'), { transport });
      expect(result).toMatchObject({ status: 'error', message: `Server returned HTTP ${status}` });
    }
  });

  it('with a JSON-RPC error is told by its words', async () => {
    const result = await probe(failingWith({ code: -32603, message: 'database is down' }));
    expect(result).toMatchObject({
      status: 'error',
      message: expect.stringMatching(/^Server returned JSON-RPC error: .*database is down$/),
    });
  });
});

describe('a server of 2025 that cannot bear a request before `initialize`', () => {
  const ready = listing(() => ({ result: { tools: tools(1) } }));
  const modern = (request: IncomingMessage) => request.headers['mcp-method'] === 'server/discover';

  it('is connected to although it answers 500', async () => {
    const result = await probe((request, response) =>
      modern(request) ? response.writeHead(500).end() : ready(request, response),
    );
    expect(result).toMatchObject({ status: 'ok', tools_count: 1 });
  });

  it('is connected to although it falls silent', async () => {
    const result = await probe((request, response) => (modern(request) ? undefined : ready(request, response)), {
      deadlineMs: 1_000,
    });
    expect(result).toMatchObject({ status: 'ok', tools_count: 1 });
  });
});

describe('what is not MCP', () => {
  const html: Handler = (_request, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<img src="data:image/png;base64,AA"> event: x');

  it.each<[string, Handler]>([
    ['a web page', html],
    [
      'a web page that says it is JSON',
      (_request, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('<p>'),
    ],
    ['JSON of something else', (_request, response) => reply(response, { hello: 'world' })],
  ])('with status 200 is not taken for a server: %s', async (_name, handler) => {
    const result = await probe(handler);
    expect(result).toMatchObject({
      status: 'error',
      message: 'Server returned 2xx but response is not valid JSON-RPC or SSE',
    });
  });

  it('is told apart from a server whose handshake is incomplete', async () => {
    const result = await probe(
      (request, response) =>
        void json(request).then((body) => reply(response, { jsonrpc: '2.0', id: (body as Rpc).id, result: {} })),
    );
    expect(result).toMatchObject({ status: 'error', message: 'Server answered, but its answer does not follow MCP' });
  });
});

describe('a server that does not end', () => {
  const stream =
    (chunk: string): Handler =>
    (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const timer = setInterval(() => response.write(chunk), 10);
      response.on('close', () => clearInterval(timer));
    };

  it.each<[string, 'http' | 'sse', Handler]>([
    ['silence', 'http', () => undefined],
    ['a stream that never answers', 'http', stream(': ping\n\n')],
    ['a stream that never answers', 'sse', stream(': ping\n\n')],
    [
      'silence after a 404',
      'http',
      (request, response) => {
        if (request.headers['mcp-method']) response.writeHead(404).end();
      },
    ],
    ['a stream of other messages', 'http', stream('data: {"jsonrpc":"2.0","method":"notifications/x"}\n\n')],
  ])('is given up at the deadline: %s over %s', async (_name, transport, handler) => {
    const result = await probe(handler, { transport, deadlineMs: 300 });
    expect(result).toMatchObject({ status: 'error', message: 'Server did not answer within 0.3 s' });
    expect(result.latency_ms).toBeLessThan(600);
  });

  it.each(['http', 'sse'] as const)('is given up at 5 MiB (%s)', async (transport) => {
    const result = await probe(
      (_request, response) => {
        response.writeHead(200, { 'content-type': transport === 'sse' ? 'text/event-stream' : 'application/json' });
        const more = () => {
          while (!response.destroyed && response.write(' '.repeat(65_536)));
        };
        response.on('drain', more);
        more();
      },
      { transport },
    );
    expect(result).toMatchObject({ status: 'error', message: 'The answer of the server is larger than 5242880 bytes' });
  });

  it('that closes the connection is told by the failure', async () => {
    const result = await probe((request) => request.socket.destroy());
    expect(result.message).toBe('Connection failed: the server closed the connection before its answer was complete');
  });
});

describe('an address that may not be called', () => {
  const privately =
    'The address is private or internal, so it was not contacted. An operator can allow it with EGRESS_ALLOW';

  async function probeAt(endpoint: string, resolver: DnsResolver): Promise<ProbeResult> {
    const egress = new Egress(EgressPolicy.strict, { resolver });
    cleanup.push(() => egress.close());
    return await probeServer({ transport: 'http', endpoint, headers: {} }, { egress });
  }

  it('is told with the way out, whether it is private by its text or by its name', async () => {
    const canary = await startCanary();
    cleanup.push(() => canary.close());
    const resolver = new GivenResolver({ 'inside.example': [['127.0.0.1']] });
    for (const host of ['127.0.0.1', 'localhost', 'inside.example']) {
      const result = await probeAt(`https://${host}:${canary.port}/mcp`, resolver);
      expect(result).toMatchObject({ status: 'error', message: privately });
    }
    expect(canary.connections()).toBe(0);
  });

  it('is told when only plain http is the matter', async () => {
    const result = await probeAt('http://mcp.example/', new GivenResolver({ 'mcp.example': [['8.8.8.8']] }));
    expect(result.message).toMatch(/^Plain http is not allowed to this host\. Use https/);
  });

  it('is not reached by a redirect', async () => {
    const canary = await startCanary('127.0.0.2');
    cleanup.push(() => canary.close());
    const result = await probe((_request, response) =>
      response.writeHead(307, { location: `http://127.0.0.2:${canary.port}/mcp` }).end(),
    );
    expect(result).toMatchObject({
      status: 'error',
      message: expect.stringMatching(/^Server redirects to an address that cannot be used/),
    });
    expect(canary.connections()).toBe(0);
  });

  it('is shown when a redirect leads to another public server, which gets no request', async () => {
    const result = await probe((_request, response) =>
      response.writeHead(307, { location: 'https://mcp.example/v2?token=x' }).end(),
    );
    expect(result.message).toBe(
      'Server redirects to https://mcp.example/v2; use that address as the endpoint if it is the intended server',
    );
  });
});
