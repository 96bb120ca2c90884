import { describe, expect, it } from 'vitest';
import { resolve } from './resolve.js';
import { crewServer, input, noon, workspaceServer } from './testing/rows.fixture.js';

describe('a crew row that changes the transport', () => {
  it('does not inherit the endpoint of an HTTP server into a stdio one, but does inherit the environment', () => {
    const rows = input({
      workspaceServers: [workspaceServer({ id: 'w1', envJson: '{"A":"1"}' })],
      crewServers: [crewServer({ id: 'c1', name: 'w1', transport: 'stdio', command: 'npx' })],
    });
    expect(resolve(rows, noon).servers).toMatchObject([
      { transport: 'stdio', endpoint: null, command: 'npx', envJson: '{"A":"1"}' },
    ]);
  });

  it('does not inherit command and arguments of a stdio server into an HTTP one', () => {
    const stdio = { transport: 'stdio' as const, endpoint: null, command: 'npx', argsJson: '["-y"]' };
    const rows = input({
      workspaceServers: [workspaceServer({ id: 'w1', ...stdio })],
      crewServers: [crewServer({ id: 'c1', name: 'w1', transport: 'streamable-http', endpoint: 'https://c.example' })],
    });
    expect(resolve(rows, noon).servers).toMatchObject([
      { transport: 'streamable-http', endpoint: 'https://c.example', command: null, argsJson: null },
    ]);
  });

  it('inherits the connection when it only repeats the transport', () => {
    const rows = input({
      workspaceServers: [workspaceServer({ id: 'w1' })],
      crewServers: [crewServer({ id: 'c1', name: 'w1', transport: 'streamable-http' })],
    });
    expect(resolve(rows, noon).servers).toMatchObject([{ endpoint: 'https://w1.example/mcp' }]);
  });
});
