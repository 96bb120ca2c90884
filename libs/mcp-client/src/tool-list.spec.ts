import { describe, expect, it } from 'vitest';
import { Secret } from '#kernel';
import { startCanary } from '../../egress/src/loopback.fixture.js';
import { failingWith, listing, probe, type Rpc, tools } from './hostile-server.fixture.js';

describe('a list of tools', () => {
  it('is read over all its pages', async () => {
    const result = await probe(
      listing(({ params }) => {
        const from = Number(params?.cursor ?? 0);
        return { result: { tools: tools(2, from), ...(from < 4 ? { nextCursor: String(from + 2) } : {}) } };
      }),
    );
    expect(result).toMatchObject({ status: 'ok', tools_count: 6 });
    expect(result.tools?.at(-1)).toMatchObject({ name: 'tool_5', description: null, title: null });
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
      'The answer of the server is larger than 5242880 bytes',
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

  it('ends the session also when the list fails', async () => {
    const broken = listing(() => ({ result: { tools: 'none' } }));
    const ended: unknown[] = [];
    await probe(
      (request, response) => {
        response.setHeader('mcp-session-id', 's-1');
        if (request.method === 'DELETE') ended.push(request.headers['mcp-session-id'], request.headers.authorization);
        broken(request, response);
      },
      { headers: { Authorization: 'Bearer x' } },
    );
    expect(ended).toEqual(['s-1', 'Bearer x']);
  });

  it('leaves out what nobody could call: doubles, blanks, invisible marks, overlong and malformed entries', async () => {
    const names = ['good', 'good', '', ' ', 'rtl\u202e', 'zero\u200bwidth', 'x'.repeat(200), 'ünïcode', 7, 'a b'];
    const result = await probe(listing(() => ({ result: { tools: [...names.map((name) => ({ name })), null] } })));
    expect(result.tools?.map((tool) => tool.name)).toEqual(['good', 'ünïcode', 'a b']);
    expect([result.tools_count, result.tools_rejected]).toEqual([3, 8]);
  });

  it('follows no reference in a schema', async () => {
    const canary = await startCanary();
    const inputSchema = {
      type: 'object',
      $ref: `http://127.0.0.1:${canary.port}/schema`,
      properties: { a: { $ref: '#' } },
    };
    const result = await probe(
      listing(() => ({ result: { tools: [{ name: 'a', inputSchema, outputSchema: inputSchema }] } })),
    );
    expect([result.status, canary.connections()]).toEqual(['ok', 0]);
    await canary.close();
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
