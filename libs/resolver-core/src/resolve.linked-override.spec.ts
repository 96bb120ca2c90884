import { describe, expect, it } from 'vitest';
import { resolve } from './resolve.js';
import { crewServer, input, noon, workspaceServer } from './testing/rows.fixture.js';

const github = workspaceServer({
  id: 'w1',
  name: 'github',
  displayName: 'GitHub',
  envJson: '{"A":"1"}',
  icon: 'octocat',
});

describe('a crew row linked to a workspace server', () => {
  it('takes its place under the crew row’s own name and id, and inherits what it leaves unset', () => {
    const own = crewServer({
      id: 'c1',
      name: 'github-eu',
      workspaceServerId: 'w1',
      endpoint: 'https://eu.example/mcp',
    });

    const { servers, notOffered } = resolve(input({ workspaceServers: [github], crewServers: [own] }), noon);

    expect(notOffered).toEqual([]);
    expect(servers).toEqual([
      {
        serverId: 'c1',
        scope: 'crew',
        name: 'github-eu',
        displayName: 'GitHub',
        transport: 'streamable-http',
        endpoint: 'https://eu.example/mcp',
        command: null,
        argsJson: null,
        envJson: '{"A":"1"}',
        configJson: null,
        icon: 'octocat',
        kind: 'custom',
        credentialId: null,
        credentialName: null,
        credentialState: null,
        credType: null,
        credHeader: null,
        envVarName: null,
        tools: null,
        overrides: 'w1',
        bindingIds: [],
      },
    ]);
  });

  it('replaces the environment as a whole, so that no inherited variable slips in', () => {
    const own = crewServer({ id: 'c1', name: 'github', workspaceServerId: 'w1', envJson: '{"B":"2"}' });
    const { servers } = resolve(input({ workspaceServers: [github], crewServers: [own] }), noon);
    expect(servers.map((server) => server.envJson)).toEqual(['{"B":"2"}']);
  });

  it('stands alone with the defaults when the workspace server is gone, even if another has its name', () => {
    const own = crewServer({ id: 'c1', name: 'github', workspaceServerId: 'deleted' });
    const { servers, notOffered } = resolve(input({ workspaceServers: [github], crewServers: [own] }), noon);
    expect(servers).toMatchObject([
      { serverId: 'c1', overrides: null, displayName: 'github', transport: 'streamable-http', endpoint: null },
    ]);
    expect(notOffered).toMatchObject([{ serverId: 'w1', rule: 'name_shadowed' }]);
  });
});
