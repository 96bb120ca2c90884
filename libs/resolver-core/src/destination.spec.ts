import { describe, expect, it } from 'vitest';
import { destinationOf } from './destination.js';

const http = (endpoint: string | null) => destinationOf({ transport: 'streamable-http', endpoint });

describe('where a server’s secrets go', () => {
  it.each([
    ['another path', 'https://a.example/mcp', 'https://a.example/v2?x=1'],
    ['the default port written out', 'https://a.example/mcp', 'https://a.example:443/mcp'],
    ['another case', 'https://A.example/mcp', 'HTTPS://a.EXAMPLE'],
    ['a reference behind the host', 'https://a.example/mcp', 'https://a.example/{{credential:tenant}}'],
    ['the same reference in the host', 'https://{{credential:t}}.example/a', 'https://{{credential:t}}.example/b'],
  ])('is the same place with %s', (_, one, other) => {
    expect(http(one)).toBe(http(other));
  });

  it.each([
    ['host', 'https://a.example/mcp', 'https://b.example/mcp'],
    ['port', 'https://a.example/mcp', 'https://a.example:8443/mcp'],
    ['scheme', 'https://a.example/mcp', 'http://a.example/mcp'],
    ['host behind what looks like one', 'https://a.example/mcp', 'https://a.example@b.example/mcp'],
    ['host behind a backslash', 'https://a.example/mcp', 'https://b.example\\@a.example/mcp'],
    ['host by a reference', 'https://a.example/mcp', 'https://{{credential:t}}a.example/mcp'],
    ['host by a reference in the userinfo', 'https://a.example/mcp', 'https://{{credential:t}}@a.example/mcp'],
    ['reference in the host', 'https://{{credential:t}}.example', 'https://{{credential:u}}.example'],
    ['address, from none', null, 'https://a.example'],
  ])('is another place with another %s', (_, one, other) => {
    expect(http(one)).not.toBe(http(other));
  });

  it('is the runtime itself for a program, whatever endpoint the row has left', () => {
    expect(destinationOf({ transport: 'stdio', endpoint: 'https://a.example' })).toBe(
      destinationOf({ transport: 'stdio', endpoint: null }),
    );
    expect(destinationOf({ transport: 'stdio', endpoint: 'https://a.example' })).not.toBe(http('https://a.example'));
  });
});
