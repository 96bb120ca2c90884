import { describe, expect, it } from 'vitest';
import { resolve } from './resolve.js';
import { crewServer, input, noon, workspaceServer } from './testing/rows.fixture.js';

describe('a disabled crew row', () => {
  it.each([
    ['by link', crewServer({ id: 'c1', name: 'forge', workspaceServerId: 'w1', enabled: false })],
    ['by name', crewServer({ id: 'c1', name: 'github', enabled: false })],
  ])('hides the workspace server from the crew, %s', (_, own) => {
    const rows = input({ workspaceServers: [workspaceServer({ id: 'w1', name: 'github' })], crewServers: [own] });
    const { servers, notOffered } = resolve(rows, noon);
    expect(servers).toEqual([]);
    expect(notOffered).toMatchObject([
      {
        serverId: 'c1',
        scope: 'crew',
        overrides: 'w1',
        rule: 'crew_disabled',
        decidedBy: { level: 'crew', rowId: 'c1' },
        sentence: expect.stringContaining('the workspace server "github"'),
      },
    ]);
  });

  it('that is a server of its own is not offered', () => {
    const rows = input({ crewServers: [crewServer({ id: 'c1', enabled: false })] });
    expect(resolve(rows, noon)).toMatchObject({
      servers: [],
      notOffered: [{ overrides: null, rule: 'crew_disabled' }],
    });
  });

  it('frees its name for another server', () => {
    const rows = input({
      workspaceServers: [workspaceServer({ id: 'w1', name: 'github' }), workspaceServer({ id: 'w2', name: 'forge' })],
      crewServers: [crewServer({ id: 'c1', name: 'forge', workspaceServerId: 'w1', enabled: false })],
    });
    expect(resolve(rows, noon).servers.map((server) => server.serverId)).toEqual(['w2']);
  });
});
