import { describe, expect, it } from 'vitest';
import { resolve } from './resolve.js';
import { crewServer, input, noon, workspaceServer } from './testing/rows.fixture.js';

describe('an unlinked crew row with the name of a workspace server', () => {
  it('changes that server just as a linked row would', () => {
    const rows = input({
      workspaceServers: [workspaceServer({ id: 'w1', name: 'github', icon: 'octocat' })],
      crewServers: [crewServer({ id: 'c1', name: 'github', displayName: 'Ours' })],
    });
    expect(resolve(rows, noon).servers).toMatchObject([
      { serverId: 'c1', overrides: 'w1', displayName: 'Ours', icon: 'octocat', endpoint: 'https://w1.example/mcp' },
    ]);
  });

  it('changes nothing when the name differs in case only', () => {
    const rows = input({
      workspaceServers: [workspaceServer({ id: 'w1', name: 'github' })],
      crewServers: [crewServer({ id: 'c1', name: 'GitHub' })],
    });
    expect(resolve(rows, noon).servers.map((server) => [server.serverId, server.overrides])).toEqual([
      ['c1', null],
      ['w1', null],
    ]);
  });
});
