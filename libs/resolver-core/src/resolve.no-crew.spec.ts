import { describe, expect, it } from 'vitest';
import { resolve } from './resolve.js';
import { crewServer, input, noon, workspaceServer } from './testing/rows.fixture.js';

describe('an agent outside any live crew', () => {
  it('has the workspace’s servers, and no crew row touches them', () => {
    const rows = input({
      agent: { id: 'agent-a', crewId: null },
      workspaceServers: [workspaceServer({ id: 'w1' })],
      crewServers: [crewServer({ id: 'c1', name: 'w1', enabled: false }), crewServer({ id: 'c2' })],
    });
    const { servers, notOffered } = resolve(rows, noon);
    expect(servers.map((server) => [server.serverId, server.scope])).toEqual([['w1', 'workspace']]);
    expect(notOffered).toEqual([]);
  });

  it('has nothing where there is nothing', () => {
    expect(resolve(input({ agent: { id: 'agent-a', crewId: null } }), noon)).toEqual({ servers: [], notOffered: [] });
  });
});
