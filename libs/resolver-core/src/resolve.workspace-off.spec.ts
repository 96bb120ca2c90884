import { describe, expect, it } from 'vitest';
import { resolve } from './resolve.js';
import { binding, crewServer, input, noon, workspaceServer } from './testing/rows.fixture.js';

const off = workspaceServer({ id: 'w1', name: 'jira', enabled: false });

describe('a workspace server that is off but not locked', () => {
  it('is not offered where no crew row speaks of it', () => {
    expect(resolve(input({ workspaceServers: [off] }), noon)).toEqual({
      servers: [],
      notOffered: [
        {
          serverId: 'w1',
          scope: 'workspace',
          name: 'jira',
          overrides: null,
          rule: 'workspace_disabled',
          decidedBy: { level: 'workspace', rowId: 'w1' },
          sentence: '"jira" is switched off for the workspace, and this crew has not switched it on.',
        },
      ],
    });
  });

  it('is switched on for a crew by an enabled row of that crew', () => {
    const rows = input({ workspaceServers: [off], crewServers: [crewServer({ id: 'c1', workspaceServerId: 'w1' })] });
    expect(resolve(rows, noon).servers.map((server) => server.serverId)).toEqual(['c1']);
  });

  it('is not switched on by an agent’s binding', () => {
    const rows = input({ workspaceServers: [off], bindings: [binding({ id: 'b1', serverId: 'w1' })] });
    expect(resolve(rows, noon)).toMatchObject({ servers: [], notOffered: [{ rule: 'workspace_disabled' }] });
  });
});
