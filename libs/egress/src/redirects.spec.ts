import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '#kernel';
import { Egress, EgressPolicy, type EgressRequest, findRefusal } from './index.js';
import { GivenResolver, type LoopbackServer, startCanary, startServer } from './loopback.fixture.js';

let server: LoopbackServer;
let canary: Awaited<ReturnType<typeof startCanary>>;
let egress: Egress;

/** Redirects `/to?s=307&u=…` there, counts `/chain/3` down to an answer, and answers everything else. */
beforeAll(async () => {
  server = await startServer((request, response) => {
    const url = new URL(request.path, 'http://x');
    const left = Number(/^\/chain\/(\d+)$/.exec(url.pathname)?.[1] ?? 0);
    if (left > 0) response.writeHead(302, { location: `/chain/${left - 1}` }).end('moved');
    else if (url.pathname !== '/to') response.end('arrived');
    else response.writeHead(Number(url.searchParams.get('s')), { location: url.searchParams.get('u') ?? '' }).end();
  });
  canary = await startCanary('127.0.0.2');
});
afterAll(async () => {
  await server.close();
  await canary.close();
});
beforeEach(() => {
  server.requests.length = 0;
  const resolver = new GivenResolver({ 'a.test': [['127.0.0.1']], 'b.test': [['127.0.0.1']] });
  egress = new Egress(EgressPolicy.parse('127.0.0.1'), { resolver });
});
afterEach(() => egress.close());

function redirecting(status: number, to: string): string {
  return `http://a.test:${server.port}/to?s=${status}&u=${encodeURIComponent(to)}`;
}

async function follow(url: string, request: Partial<EgressRequest> = {}) {
  return await egress.request(url, { purpose: 'spec', redirects: { max: 3 }, ...request });
}

describe('a redirect', () => {
  it('is followed three times and not a fourth', async () => {
    const reply = await follow(`http://a.test:${server.port}/chain/3`);
    expect([reply.text(), reply.url]).toEqual(['arrived', `http://a.test:${server.port}/chain/0`]);
    await expect(follow(`http://a.test:${server.port}/chain/4`)).rejects.toMatchObject({
      code: 'egress.too_many_redirects',
    });
  });

  it('is an error when the call refuses redirects', async () => {
    await expect(follow(redirecting(302, '/'), { redirects: 'refuse' })).rejects.toMatchObject({
      code: 'egress.redirect_refused',
    });
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    ['http://127.0.0.2:PORT/', 'address'],
    ['http://[::ffff:127.0.0.2]:PORT/', 'address'],
    ['//2130706434:PORT/', 'address'],
    ['http://u:p@127.0.0.1:PORT/', 'userinfo'],
    ['file:///etc/passwd', 'scheme'],
    ['gopher://127.0.0.2:PORT/', 'scheme'],
    ['http://[', 'malformed'],
  ])('to %s is refused without a byte sent there', async (to, rule) => {
    const error: unknown = await follow(redirecting(302, to.replace('PORT', String(canary.port)))).catch((e) => e);
    expect(findRefusal(error)?.rule).toBe(rule);
    expect(canary.connections()).toBe(0);
  });

  it('to another origin leaves every credential header behind, and keeps method and body on 307', async () => {
    const headers = {
      Authorization: 'Bearer a',
      Cookie: 'b',
      'X-Api-Key': 'c',
      'X-Sealed': new Secret('d'),
      'X-Marked': 'e',
      'X-Plain': 'f',
    };
    const to = `http://b.test:${server.port}/end`;
    await follow(redirecting(307, to), { method: 'POST', body: 'data', headers, credentialHeaders: ['X-Marked'] });
    const [first, second] = server.requests;
    expect(first?.headers).toMatchObject({ authorization: 'Bearer a', 'x-sealed': 'd', 'x-marked': 'e' });
    expect(second).toMatchObject({ method: 'POST', body: 'data', path: '/end', headers: { 'x-plain': 'f' } });
    const names = ['authorization', 'cookie', 'x-api-key', 'x-sealed', 'x-marked'];
    expect(names.filter((name) => name in (second?.headers ?? {}))).toEqual([]);
  });

  it('within the origin keeps credential headers', async () => {
    await follow(redirecting(307, '/end'), { headers: { Authorization: 'Bearer a' } });
    expect(server.requests[1]?.headers.authorization).toBe('Bearer a');
  });

  it('does not get credentials back by returning to the first origin', async () => {
    const back = redirecting(307, `http://a.test:${server.port}/end`).replace('a.test', 'b.test');
    await follow(redirecting(307, back), { headers: { Authorization: 'Bearer a' } });
    expect(server.requests.map((request) => request.headers.authorization)).toEqual(['Bearer a', undefined, undefined]);
  });

  it.each([
    [301, 'POST', 'GET'],
    [302, 'POST', 'GET'],
    [303, 'PUT', 'GET'],
    [302, 'PUT', 'PUT'],
    [308, 'POST', 'POST'],
  ] as const)('with %d turns %s into %s', async (status, method, then) => {
    await follow(redirecting(status, '/end'), { method, body: 'data', headers: { 'content-type': 'text/plain' } });
    expect(server.requests[1]).toMatchObject({ method: then, body: then === 'GET' ? '' : 'data' });
    expect(server.requests[1]?.headers['content-type']).toBe(then === 'GET' ? undefined : 'text/plain');
  });
});

describe('Egress.fetch', () => {
  it('takes what fetch takes: strings, URLs, Requests, and every kind of body', async () => {
    const url = `http://a.test:${server.port}/end`;
    await egress.fetch(new URL(url), { method: 'POST', body: new URLSearchParams({ a: '1' }) });
    await egress.fetch(new Request(url, { method: 'PUT', body: 'text', headers: { 'x-a': '1' } }));
    const stream = new Blob(['streamed']).stream();
    await egress.fetch(url, { method: 'POST', body: stream, duplex: 'half' } as RequestInit);
    expect(server.requests).toMatchObject([
      { body: 'a=1', headers: { 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' } },
      { method: 'PUT', body: 'text', headers: { 'x-a': '1' } },
      { body: 'streamed' },
    ]);
  });

  it('follows, hands over or refuses redirects as the library asks', async () => {
    const url = redirecting(302, '/end');
    const followed = await egress.fetch(url);
    expect([followed.url, await followed.text()]).toEqual([`http://a.test:${server.port}/end`, 'arrived']);
    const manual = await egress.fetch(url, { redirect: 'manual' });
    expect([manual.status, manual.headers.get('location')]).toEqual([302, '/end']);
    await manual.body?.cancel();
    await expect(egress.fetch(url, { redirect: 'error' })).rejects.toMatchObject({ code: 'egress.redirect_refused' });
  });

  it('answers a streaming body piece by piece and ends it at the size limit', async () => {
    const streaming = await startServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const timer = setInterval(() => response.write('data: 1234567\n\n'), 5);
      response.once('close', () => clearInterval(timer));
    });
    const fetch = egress.fetcher({ purpose: 'spec', maxBytes: 60 });
    const response = await fetch(`http://127.0.0.1:${streaming.port}/`);
    let read = 0;
    const reading = (async () => {
      for await (const chunk of response.body ?? []) read += chunk.length;
    })();
    await expect(reading).rejects.toMatchObject({ code: 'egress.response_too_large' });
    expect(read).toBeGreaterThan(0);
    await streaming.idle();
    await streaming.close();
  });

  it('rejects as fetch does when the signal is aborted', async () => {
    const call = egress.fetch(`http://a.test:${server.port}/`, { signal: AbortSignal.abort() });
    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
  });
});
