import { setImmediate as nextTurn } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { Secret } from '#kernel';
import { selfSigned } from './certificate.fixture.js';
import { Egress, EgressPolicy, type EgressRequest } from './index.js';
import { type Answer, GivenResolver, startRaw, startServer } from './loopback.fixture.js';

const purpose = 'spec';
const cleanup: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of cleanup.splice(0)) await close();
});

async function serve(...given: Parameters<typeof startServer>) {
  const server = await startServer(...given);
  cleanup.push(() => server.close());
  return server;
}

async function serveRaw(handle: Parameters<typeof startRaw>[0]) {
  const server = await startRaw(handle);
  cleanup.push(() => server.close());
  return server;
}

function egressTo(list: string, options: ConstructorParameters<typeof Egress>[1] = {}): Egress {
  const egress = new Egress(EgressPolicy.parse(list), options);
  cleanup.unshift(() => egress.close());
  return egress;
}

const loopback = new GivenResolver({ 'a.test': [['127.0.0.1']], 'b.test': [['127.0.0.1']] });
const hello: Answer = (_request, response) => response.end('hello');

async function outcome(egress: Egress, url: string, request: Partial<EgressRequest> = {}) {
  return await egress.request(url, { purpose, ...request }).then(
    (reply) => reply.status,
    (error: { code: string }) => error.code,
  );
}

describe('Egress.request', () => {
  it('sends method, headers and body to a listed host and reads the answer', async () => {
    const server = await serve((_request, response) => response.writeHead(201, { 'x-a': '1' }).end('{"ok":true}'));
    const egress = egressTo('a.test', { resolver: loopback });

    const reply = await egress.postJson(
      `http://a.test:${server.port}/x?y=1`,
      { n: 1 },
      {
        purpose,
        headers: { Authorization: new Secret('Bearer t') },
      },
    );

    expect([reply.status, reply.headers.get('x-a'), reply.json()]).toEqual([201, '1', { ok: true }]);
    expect(server.requests).toMatchObject([
      {
        method: 'POST',
        path: '/x?y=1',
        body: '{"n":1}',
        headers: { host: `a.test:${server.port}`, authorization: 'Bearer t', 'content-type': 'application/json' },
      },
    ]);
  });

  it('answers `unreadable_answer` when JSON is asked of something else', async () => {
    const server = await serve(hello);
    const reply = await egressTo('127.0.0.1').request(`http://127.0.0.1:${server.port}/`, { purpose });
    expect(() => reply.json()).toThrow(expect.objectContaining({ code: 'egress.unreadable_answer', status: 502 }));
  });

  it('asks for an address once per connection and connects to the one it checked', async () => {
    const server = await serve(hello);
    const forbidden = await serve(hello, undefined, '127.0.0.2');
    const resolver = new GivenResolver({ 'rebinding.test': [['127.0.0.1'], ['127.0.0.2']] });
    const egress = egressTo('127.0.0.1', { resolver });

    expect(await outcome(egress, `http://rebinding.test:${server.port}/`)).toBe(200);
    await nextTurn(); // A connection is free again one turn after its body ended.
    expect(await outcome(egress, `http://rebinding.test:${server.port}/again`)).toBe(200);
    expect(resolver.asked).toHaveLength(1);
    expect(await outcome(egress, `http://rebinding.test:${forbidden.port}/`)).toBe('egress.url_not_allowed');
    expect(forbidden.connections()).toBe(0);
  });

  it('tries the next checked address when the first does not answer', async () => {
    const server = await serve(hello);
    const resolver = new GivenResolver({ 'two.test': [['127.0.0.3', '127.0.0.1']] });
    expect(await outcome(egressTo('two.test', { resolver }), `http://two.test:${server.port}/`)).toBe(200);
  });

  it('keeps a connection for the next call', async () => {
    const server = await serve(hello);
    const egress = egressTo('127.0.0.1');
    for (const path of ['/1', '/2', '/3']) {
      await outcome(egress, `http://127.0.0.1:${server.port}${path}`);
      await nextTurn();
    }
    expect([server.requests.length, server.connections()]).toEqual([3, 1]);
  });

  it('brings no cookie from one call to the next', async () => {
    const server = await serve((_request, response) => response.setHeader('set-cookie', 'sid=1').end());
    const egress = egressTo('127.0.0.1');
    await outcome(egress, `http://127.0.0.1:${server.port}/`);
    await outcome(egress, `http://127.0.0.1:${server.port}/`);
    expect(server.requests[1]?.headers.cookie).toBeUndefined();
  });

  it.each<Record<string, string>>([
    { Host: 'evil.example' },
    { 'Content-Length': '0' },
    { 'transfer-encoding': 'chunked' },
    { Connection: 'upgrade' },
    { 'X-A': 'a\r\nX-B: b' },
    { 'X-A\r\nX-B': 'b' },
    { 'X-A': 'a\0' },
    { '': 'a' },
  ])('sends nothing when a header would change the request: %j', async (headers) => {
    const server = await serve(hello);
    const code = await outcome(egressTo('127.0.0.1'), `http://127.0.0.1:${server.port}/`, { headers });
    expect([code, server.connections()]).toEqual(['egress.header_not_allowed', 0]);
  });
});

describe('Egress over TLS', () => {
  const { key, cert } = selfSigned('a.test');

  it('connects to the checked address under the name, with its certificate checked against the name', async () => {
    const server = await serve(hello, { key, cert });
    const egress = egressTo('127.0.0.1', { resolver: loopback, ca: cert });
    expect(await outcome(egress, `https://a.test:${server.port}/`)).toBe(200);
    expect(server.requests[0]?.headers.host).toBe(`a.test:${server.port}`);
    expect(await outcome(egress, `https://b.test:${server.port}/`)).toBe('egress.connection_failed');
    expect(await outcome(egress, `https://127.0.0.1:${server.port}/`)).toBe('egress.connection_failed');
    expect(server.requests).toHaveLength(1);
  });

  it('names the host in the handshake', async () => {
    let greeting = '';
    const server = await serveRaw((socket) => {
      socket.once('data', (data) => {
        greeting = data.toString('latin1');
        socket.destroy();
      });
    });
    await outcome(egressTo('127.0.0.1', { resolver: loopback }), `https://a.test:${server.port}/`);
    expect(greeting).toContain('a.test');
  });

  it('does not trust a certificate that no authority signed', async () => {
    const server = await serve(hello, { key, cert });
    const egress = egressTo('127.0.0.1', { resolver: loopback });
    await expect(egress.request(`https://a.test:${server.port}/`, { purpose })).rejects.toMatchObject({
      message: 'Connection failed: the TLS certificate or handshake of the server is not acceptable',
    });
    expect(server.requests).toEqual([]);
  });
});

describe('a failed connection', () => {
  async function failureOf(url: string, resolver = loopback): Promise<unknown> {
    return await egressTo('127.0.0.1', { resolver })
      .request(url, { purpose })
      .catch((error: unknown) => error);
  }

  it('is told by its class, never in the words of the system', async () => {
    const free = await startServer(hello);
    await free.close();
    const reset = await serveRaw((socket) => socket.destroy());
    const plain = await serve(hello);
    const babble = await serveRaw((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
    const badGzip = await serve((_request, response) =>
      response.setHeader('content-encoding', 'gzip').end('not compressed'),
    );
    const failures = [
      await failureOf('https://nowhere.test/'),
      await failureOf(`http://127.0.0.1:${free.port}/`),
      await failureOf(`http://127.0.0.1:${reset.port}/`),
      await failureOf(`https://127.0.0.1:${plain.port}/`),
      await failureOf(`http://127.0.0.1:${babble.port}/`),
      await failureOf(`http://127.0.0.1:${badGzip.port}/`),
      await failureOf('http://127.0.0.1:6000/'),
    ];
    const classes = ['dns', 'refused', 'reset', 'tls', 'protocol', 'protocol', 'request'];
    expect(failures).toEqual(
      classes.map((failure) =>
        expect.objectContaining({ code: 'egress.connection_failed', details: { failure, purpose } }),
      ),
    );
    for (const failure of failures) expect(String(failure)).not.toMatch(/127\.0\.0\.1|nowhere|E[A-Z]{5}|SSH/);
  });

  it('stays an error of the class when the connection breaks inside the body', async () => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('begin');
      setTimeout(() => response.destroy(), 10);
    });
    expect(await outcome(egressTo('127.0.0.1'), `http://127.0.0.1:${server.port}/`)).toBe('egress.connection_failed');
  });
});

describe('the limits of a call', () => {
  const endless =
    (chunk: Buffer | string, everyMs: number, headers = {}): Answer =>
    (_request, response) => {
      response.writeHead(200, headers);
      const timer = setInterval(() => response.write(chunk), everyMs);
      response.once('close', () => clearInterval(timer));
    };

  it.each<[string, Answer]>([
    ['headers that never come', () => undefined],
    ['a body of one byte at a time', endless('x', 20)],
    ['an SSE stream without end', endless(': ping\n\n', 20, { 'content-type': 'text/event-stream' })],
  ])('end %s at the deadline and close the socket', async (_name, answer) => {
    const server = await serve(answer);
    const egress = egressTo('127.0.0.1');
    await expect(
      egress.request(`http://127.0.0.1:${server.port}/`, { purpose, deadlineMs: 150 }),
    ).rejects.toMatchObject({ code: 'egress.deadline_exceeded', status: 504 });
    await server.idle();
  });

  it('end a connection that is never accepted by TLS at the connect deadline', async () => {
    const server = await serveRaw((socket) => socket.resume());
    const egress = egressTo('127.0.0.1', { connectDeadlineMs: 100 });
    await expect(egress.request(`https://127.0.0.1:${server.port}/`, { purpose })).rejects.toMatchObject({
      code: 'egress.deadline_exceeded',
      details: { phase: 'connect' },
    });
    await server.idle();
  });

  it('end a name server that never answers at the connect deadline', async () => {
    const resolver = new GivenResolver({});
    resolver.resolve = () => new Promise(() => undefined);
    const egress = egressTo('', { resolver, connectDeadlineMs: 50 });
    expect(await outcome(egress, 'https://slow.example/')).toBe('egress.deadline_exceeded');
  });

  it('end a body that is too large, and stop reading it', async () => {
    let sent = 0;
    const server = await serve((_request, response) => {
      const chunk = Buffer.alloc(65_536);
      const more = () => {
        while (!response.destroyed && response.write(chunk)) sent += chunk.length;
      };
      response.on('drain', more);
      more();
    });
    const egress = egressTo('127.0.0.1');
    await expect(
      egress.request(`http://127.0.0.1:${server.port}/`, { purpose, maxBytes: 200_000 }),
    ).rejects.toMatchObject({ code: 'egress.response_too_large', status: 502 });
    await server.idle();
    expect(sent).toBeLessThan(32 * 1_048_576);
  });

  it('count what a compressed body decodes to', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1_048_576));
    const server = await serve((_request, response) => response.setHeader('content-encoding', 'gzip').end(bomb));
    const before = process.memoryUsage().arrayBuffers;
    const code = await outcome(egressTo('127.0.0.1'), `http://127.0.0.1:${server.port}/`, { maxBytes: 100_000 });
    expect(code).toBe('egress.response_too_large');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * 1_048_576);
  });

  it('decode a compressed body that fits', async () => {
    const server = await serve((_request, response) =>
      response.setHeader('content-encoding', 'gzip').end(gzipSync('hello')),
    );
    const reply = await egressTo('127.0.0.1').request(`http://127.0.0.1:${server.port}/`, { purpose });
    expect([reply.text(), reply.headers.get('content-length')]).toEqual(['hello', null]);
  });

  it('throw the reason of the caller who gives up', async () => {
    const server = await serve(() => undefined);
    const signal = AbortSignal.timeout(30);
    const call = egressTo('127.0.0.1').request(`http://127.0.0.1:${server.port}/`, { purpose, signal });
    await expect(call).rejects.toMatchObject({ name: 'TimeoutError' });
    await server.idle();
  });
});
