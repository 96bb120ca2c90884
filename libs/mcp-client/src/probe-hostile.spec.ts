import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import { DnsResolver, Egress, EgressPolicy } from '#egress';
import { Secret } from '#kernel';
import { GivenResolver, startCanary, startListener } from '../../egress/src/loopback.fixture.js';
import { type ProbeResult, probeServer } from './index.js';

const cleanup: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of cleanup.splice(0)) await close();
});

type Handler = (request: IncomingMessage, response: ServerResponse) => void;
interface Rpc {
  id?: number | string;
  method?: string;
  params?: { cursor?: string };
}

interface Options {
  transport?: 'http' | 'sse';
  headers?: Record<string, string | Secret>;
  deadlineMs?: number;
}

async function probe(handler: Handler, options: Options = {}): Promise<ProbeResult> {
  const server = await startListener(handler);
  const egress = new Egress(EgressPolicy.parse('127.0.0.1'));
  cleanup.push(
    () => server.close(),
    () => egress.close(),
  );
  const { transport = 'http', headers = {}, deadlineMs } = options;
  const result = await probeServer(
    { transport, endpoint: `http://127.0.0.1:${server.port}/mcp`, headers },
    { egress, deadlineMs },
  );
  return result;
}

/** A server of the 2025 era whose answer to `tools/list`, and to nothing else, is given. */
function listing(answer: (rpc: Rpc) => object): Handler {
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

function reply(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

const tools = (count: number, from = 0) =>
  Array.from({ length: count }, (_, n) => ({ name: `tool_${from + n}`, inputSchema: { type: 'object' } }));

const failingWith =
  (error: object, status = 200): Handler =>
  (request, response) =>
    void json(request).then((body) => reply(response, { jsonrpc: '2.0', id: (body as Rpc).id, error }, status));

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
    ['a stream of other messages', 'http', stream('data: {"jsonrpc":"2.0","method":"notifications/x"}\n\n')],
  ])('is given up at the deadline: %s over %s', async (_name, transport, handler) => {
    const result = await probe(handler, { transport, deadlineMs: 300 });
    expect(result).toMatchObject({ status: 'error', message: 'Server did not answer within 0.3 s' });
    expect(result.latency_ms).toBeLessThan(600);
  });

  it.each(['http', 'sse'] as const)('is given up at 4 MiB (%s)', async (transport) => {
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
    expect(result).toMatchObject({ status: 'error', message: 'The answer of the server is larger than 4194304 bytes' });
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

describe('a list of tools', () => {
  it('is read over all its pages', async () => {
    const result = await probe(
      listing(({ params }) => {
        const from = Number(params?.cursor ?? 0);
        return { result: { tools: tools(2, from), ...(from < 4 ? { nextCursor: String(from + 2) } : {}) } };
      }),
    );
    expect(result).toMatchObject({ status: 'ok', tools_count: 6 });
    expect(result.tools?.at(-1)).toEqual({ name: 'tool_5', description: null });
  });

  let turn = 0;
  it.each<[string, (rpc: Rpc) => object, string]>([
    [
      'whose cursor repeats',
      () => ({ result: { tools: [], nextCursor: 'again' } }),
      'Connected, but the pages of the tool list go round in a circle',
    ],
    [
      'without a last page',
      () => ({ result: { tools: [], nextCursor: String(turn++) } }),
      'Connected, but the tool list has more than 50 pages',
    ],
    [
      'of 3,000 tools',
      () => ({ result: { tools: tools(3_000) } }),
      'Connected, but the server lists more than 2000 tools',
    ],
    [
      'of 100,000 tools',
      () => ({ result: { tools: tools(100_000) } }),
      'The answer of the server is larger than 4194304 bytes',
    ],
    [
      'that is not a list',
      () => ({ result: { tools: 'none' } }),
      'Server answered, but its answer does not follow MCP',
    ],
  ])('%s is given up, and the server is still named', async (_name, answer, message) => {
    const result = await probe(listing(answer));
    expect(result).toMatchObject({
      status: 'error',
      message,
      server_info: { name: 'n', version: '1' },
      protocol_version: '2025-06-18',
    });
    expect(result.tools).toBeUndefined();
  });

  it('leaves out what nobody could call: doubles, blanks, invisible marks, overlong and malformed entries', async () => {
    const names = ['good', 'good', '', ' ', 'rtl\u202e', 'zero\u200bwidth', 'x'.repeat(200), 'ünïcode', 7, 'a b'];
    const result = await probe(listing(() => ({ result: { tools: [...names.map((name) => ({ name })), null] } })));
    expect(result.tools?.map((tool) => tool.name)).toEqual(['good', 'ünïcode', 'a b']);
    expect([result.tools_count, result.tools_rejected]).toEqual([3, 8]);
  });

  it('follows no reference in a schema', async () => {
    const canary = await startCanary();
    cleanup.push(() => canary.close());
    const inputSchema = {
      type: 'object',
      $ref: `http://127.0.0.1:${canary.port}/schema`,
      properties: { a: { $ref: '#' } },
    };
    const result = await probe(
      listing(() => ({ result: { tools: [{ name: 'a', inputSchema, outputSchema: inputSchema }] } })),
    );
    expect([result.status, canary.connections()]).toEqual(['ok', 0]);
  });
});

describe('the words of a server', () => {
  const headers = {
    Authorization: new Secret('Bearer canary-token-93'),
    'X-Basic': `Basic ${Buffer.from('user:canary-pass-27').toString('base64')}`,
  };

  it('come without what was sent to it', async () => {
    const echo = 'bad Bearer canary-token-93, canary-tok\u200ben-93, canary-pass-27, canary%2Dtoken-93';
    const result = await probe(failingWith({ code: 1, message: echo }), { headers });
    expect(result.message).toContain('***');
    expect(JSON.stringify(result)).not.toMatch(/canary-token|canary-pass/);
    const listed = await probe(
      listing(() => ({ result: { tools: [{ name: 'a', description: echo }, { name: 'canary-token-93' }] } })),
      { headers },
    );
    expect(JSON.stringify(listed)).not.toMatch(/canary-token|canary-pass/);
    expect(listed.tools_rejected).toBe(1);
  });

  it('come on one line, short, without control characters', async () => {
    const result = await probe(failingWith({ code: 1, message: `a\r\nb\u001b[31m\0\u202e${'c'.repeat(5_000)}` }));
    expect(result.message).toMatch(/a b\[31mc+…$/);
    expect(result.message.length).toBeLessThan(250);
  });
});
