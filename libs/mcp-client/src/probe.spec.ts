import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { Egress, EgressPolicy } from '#egress';
import { Secret } from '#kernel';
import { startListener } from '../../egress/src/loopback.fixture.js';
import { probeServer } from './index.js';
import { sse2024, stateless2026, streamable2025 } from './mcp-servers.fixture.js';

const egress = new Egress(EgressPolicy.parse('127.0.0.1'));
const cleanup: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of cleanup.splice(0)) await close();
});

async function serve(listener: Parameters<typeof startListener>[0]) {
  const server = await startListener(listener);
  cleanup.push(() => server.close());
  return { ...server, endpoint: `http://127.0.0.1:${server.port}/mcp` };
}

const schemaHash: unknown = expect.stringMatching(/^[0-9a-f]{64}$/);

describe('probeServer', () => {
  it('connects to a server of the 2025 era, lists its tools and ends the session', async () => {
    const { listener, openSessions } = streamable2025();
    const seen: string[] = [];
    const server = await serve((request, response) => {
      seen.push(`${request.method} ${request.headers.authorization}`);
      listener(request, response);
    });
    const headers = { Authorization: new Secret('Bearer t0ken-value') };

    const result = await probeServer({ transport: 'streamable-http', endpoint: server.endpoint, headers }, { egress });

    expect(result).toEqual({
      status: 'ok',
      message: 'Connected to MCP server',
      server_info: { name: 'github-mcp', version: '1.2.3', title: 'GitHub' },
      protocol_version: '2025-11-25',
      tools_count: 2,
      tools: [
        { name: 'search', description: 'Searches code', title: null, schemaHash },
        { name: 'create_issue', description: null, title: null, schemaHash },
      ],
      latency_ms: expect.any(Number),
    });
    expect(openSessions.size).toBe(0);
    expect(new Set(seen.map((line) => line.split(' ').slice(1).join(' ')))).toEqual(new Set(['Bearer t0ken-value']));
    expect(seen.at(-1)).toMatch(/^DELETE/);
  });

  it('connects to a server that speaks only the stateless revision of 2026', async () => {
    const server = await serve(stateless2026());
    const result = await probeServer({ transport: 'http', endpoint: server.endpoint, headers: {} }, { egress });
    expect(result).toMatchObject({
      status: 'ok',
      server_info: { name: 'github-mcp', version: '1.2.3' },
      protocol_version: '2026-07-28',
      tools_count: 1,
      tools: [{ name: 'search', description: 'Searches code', title: null, schemaHash }],
    });
  });

  it('connects over the old SSE transport and leaves no stream open', async () => {
    const listener = sse2024();
    let streamClosed: Promise<unknown> = Promise.resolve();
    const server = await serve((request, response) => {
      if (request.method === 'GET') streamClosed = once(response, 'close');
      listener(request, response);
    });
    const result = await probeServer({ transport: 'sse', endpoint: server.endpoint, headers: {} }, { egress });
    expect(result).toMatchObject({ status: 'ok', server_info: { name: 'github-mcp' }, tools_count: 2 });
    await streamClosed;
  });

  it.each([null, '', '  '])('says that no endpoint is configured for %j', async (endpoint) => {
    const result = await probeServer({ transport: 'streamable-http', endpoint, headers: {} }, { egress });
    expect(result).toMatchObject({ status: 'error', message: 'No endpoint configured for this server' });
  });

  it.each([
    ['ftp://example.com', 'Invalid endpoint URL: scheme "ftp" not in [http https]'],
    ['https://u:p@example.com', 'Invalid endpoint URL: userinfo not allowed in outbound URL'],
    ['not a url', 'Invalid endpoint URL: scheme "" not in [http https]'],
  ])('says what is wrong with the endpoint %s', async (endpoint, message) => {
    const result = await probeServer({ transport: 'sse', endpoint, headers: {} }, { egress });
    expect(result).toMatchObject({ status: 'error', message });
  });

  it.each<[Record<string, string>, string]>([
    [{ Host: 'evil.example' }, 'Host'],
    [{ 'content-length': '1' }, 'content-length'],
    [{ 'X-A': 'a\r\nX-B: b' }, 'X-A'],
    [{ 'Transfer-Encoding': 'chunked' }, 'Transfer-Encoding'],
  ])('sends nothing with the header %j', async (headers, name) => {
    const server = await serve((_request, response) => response.end());
    const result = await probeServer({ transport: 'http', endpoint: server.endpoint, headers }, { egress });
    expect(result).toMatchObject({ status: 'error', message: expect.stringContaining(name) });
    expect(server.connections()).toBe(0);
  });
});
