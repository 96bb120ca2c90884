import { describe, expect, it } from 'vitest';
import { resolve } from './resolve.js';
import { binding, crewServer, input, noon, workspaceServer } from './testing/rows.fixture.js';

const overridden = {
  workspaceServers: [workspaceServer({ id: 'w1', name: 'github', visibility: 'bound' })],
  crewServers: [crewServer({ id: 'c1', name: 'github' })],
};

describe('an agent’s binding on a workspace server', () => {
  it('still counts after a crew row changed the server', () => {
    const rows = input({ ...overridden, bindings: [binding({ id: 'b1', serverId: 'w1' })] });
    expect(resolve(rows, noon).servers).toMatchObject([{ serverId: 'c1', bindingIds: ['b1'] }]);
  });

  it('applies together with the binding on the crew row', () => {
    const own = binding({ id: 'a-crew', serverId: 'c1', scope: 'crew' });
    const rows = input({ ...overridden, bindings: [own, binding({ id: 'b-workspace', serverId: 'w1' })] });
    expect(resolve(rows, noon).servers).toMatchObject([{ bindingIds: ['b-workspace', 'a-crew'] }]);
  });

  it.each([
    ['the workspace row', 'b1', [binding({ id: 'b1', serverId: 'w1', enabled: false })]],
    ['the crew row', 'b2', [binding({ id: 'b2', serverId: 'c1', scope: 'crew' as const, enabled: false })]],
    [
      'one row though the other is on',
      'b1',
      [binding({ id: 'b1', serverId: 'w1', enabled: false }), binding({ id: 'b2', serverId: 'c1', scope: 'crew' })],
    ],
  ])('opts the agent out when it is disabled on %s', (_, decisive, bindings) => {
    expect(resolve(input({ ...overridden, bindings }), noon)).toMatchObject({
      servers: [],
      notOffered: [{ rule: 'agent_opted_out', decidedBy: { level: 'agent', rowId: decisive } }],
    });
  });

  it('opts out of one of several crew rows only, when it is on that crew row', () => {
    const rows = input({
      workspaceServers: [workspaceServer({ id: 'w1' })],
      crewServers: [
        crewServer({ id: 'c1', workspaceServerId: 'w1' }),
        crewServer({ id: 'c2', workspaceServerId: 'w1' }),
      ],
      bindings: [binding({ id: 'b1', serverId: 'c1', scope: 'crew', enabled: false })],
    });
    expect(resolve(rows, noon).servers.map((server) => server.serverId)).toEqual(['c2']);
  });

  it('has to name the right level: a crew row’s id under the workspace scope binds nothing', () => {
    const rows = input({ ...overridden, bindings: [binding({ id: 'b1', serverId: 'c1', scope: 'workspace' })] });
    expect(resolve(rows, noon)).toMatchObject({ servers: [], notOffered: [{ rule: 'bound_only' }] });
  });
});
