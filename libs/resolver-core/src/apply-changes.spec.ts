import { describe, expect, it } from 'vitest';
import { AppError } from '#kernel';
import { applyChanges } from './apply-changes.js';
import type { Change } from './preview.types.js';
import { resolve } from './resolve.js';
import { binding, crewServer, input, noon, workspaceServer } from './testing/rows.fixture.js';

const base = input({
  workspaceServers: [workspaceServer({ id: 'w1', name: 'github' }), workspaceServer({ id: 'w2', name: 'jira' })],
  crewServers: [
    crewServer({ id: 'c1', name: 'forge', workspaceServerId: 'w1' }),
    crewServer({ id: 'c2', name: 'jira' }),
  ],
  bindings: [
    binding({ id: 'b1', serverId: 'w1' }),
    binding({ id: 'b2', serverId: 'c1', scope: 'crew' }),
    binding({ id: 'b3', serverId: 'c2', scope: 'crew' }),
  ],
  boundByOthers: ['w1', 'c1', 'w2'],
  tools: [{ serverId: 'w2', scope: 'workspace', name: 'search', enabled: true }],
});
const outcomeOf = (...changes: Change[]) => resolve(applyChanges(base, changes), noon);
const faultOf = (...changes: Change[]): unknown => {
  try {
    return applyChanges(base, changes);
  } catch (error) {
    return error instanceof AppError ? [error.code, error.fields[0]?.field] : error;
  }
};

describe('changes that are tried out', () => {
  it('set the given fields only, and leave the input as it is', () => {
    const before = structuredClone(base);
    const { servers } = outcomeOf(
      { target: 'workspace_integration', op: 'upsert', id: 'w2', fields: { icon: 'ticket', endpoint: undefined } },
      { target: 'crew_integration', op: 'upsert', id: 'c2', fields: { displayName: 'Ours' } },
    );
    expect(servers).toMatchObject([
      { serverId: 'c1' },
      { serverId: 'c2', icon: 'ticket', displayName: 'Ours', endpoint: 'https://w2.example/mcp' },
    ]);
    expect(base).toEqual(before);
  });

  it('may make rows that later changes refer to', () => {
    const { servers } = outcomeOf(
      {
        target: 'workspace_integration',
        op: 'upsert',
        id: 'new-1',
        fields: { name: 'docs', endpoint: 'https://d.example' },
      },
      { target: 'crew_integration', op: 'upsert', id: 'new-2', fields: { name: 'manual', workspaceServerId: 'new-1' } },
      { target: 'agent_binding', op: 'upsert', id: 'new-3', fields: { serverId: 'new-2', scope: 'crew' } },
      { target: 'tool', op: 'upsert', scope: 'crew', serverId: 'new-2', name: 'read', fields: {} },
    );
    expect(servers.find((server) => server.serverId === 'new-2')).toMatchObject({
      name: 'manual',
      displayName: 'docs',
      endpoint: 'https://d.example',
      overrides: 'new-1',
      bindingIds: ['new-3'],
      tools: ['read'],
    });
  });

  it('take along what deleting a workspace server takes along: linked crew rows and all bindings, nothing else', () => {
    const changed = applyChanges(base, [
      { target: 'workspace_integration', op: 'delete', id: 'w1' },
      { target: 'workspace_integration', op: 'delete', id: 'w2' },
    ]);
    expect(changed).toEqual({
      ...base,
      workspaceServers: [],
      crewServers: [base.crewServers[1]],
      bindings: [base.bindings[2]],
      boundByOthers: [],
      tools: [],
    });
  });

  it('bring the workspace server back when the crew row over it is deleted', () => {
    const { servers } = outcomeOf({ target: 'crew_integration', op: 'delete', id: 'c1' });
    expect(servers).toMatchObject([{ serverId: 'w1', bindingIds: ['b1'] }, { serverId: 'c2' }]);
  });

  it('hide a server that others have bound once the agent’s own binding goes, by deletion or by opting out', () => {
    const gone: Change[] = [
      { target: 'agent_binding', op: 'delete', id: 'b1' },
      { target: 'agent_binding', op: 'delete', id: 'b2' },
    ];
    expect(outcomeOf(...gone).notOffered).toMatchObject([{ serverId: 'c1', rule: 'visible_to_bound_agents_only' }]);
    const out: Change = { target: 'agent_binding', op: 'upsert', id: 'b1', fields: { enabled: false } };
    expect(outcomeOf(out).notOffered).toMatchObject([{ serverId: 'c1', rule: 'agent_opted_out' }]);
  });

  it('switch single tools', () => {
    const tool = { target: 'tool', scope: 'workspace', serverId: 'w2', name: 'search' } as const;
    const toolsAfter = (change: Change) => outcomeOf(change).servers.find((server) => server.overrides === 'w2')?.tools;
    expect(toolsAfter({ ...tool, op: 'upsert', fields: { enabled: false } })).toEqual([]);
    expect(toolsAfter({ ...tool, op: 'upsert', fields: {} })).toEqual(['search']);
    expect(toolsAfter({ ...tool, op: 'delete' })).toBeNull();
  });

  it('do not rename, relink or rebind a row that exists, as the real update does not', () => {
    const changes: Change[] = [
      { target: 'crew_integration', op: 'upsert', id: 'c1', fields: { name: 'jira', workspaceServerId: null } },
      { target: 'agent_binding', op: 'upsert', id: 'b1', fields: { serverId: 'w2' } },
    ];
    expect(outcomeOf(...changes)).toEqual(resolve(base, noon));
  });

  it('cannot set members that rows do not have', () => {
    const fields = JSON.parse('{"__proto__":{"locked":true},"id":"w2","polluted":true}');
    const changed = applyChanges(base, [{ target: 'workspace_integration', op: 'upsert', id: 'w1', fields }]);
    expect(changed.workspaceServers.find((row) => row.id === 'w1')).toEqual(base.workspaceServers[0]);
    expect('polluted' in {}).toBe(false);
  });
});

describe('changes that name rows which are not there', () => {
  it.each<[string, Change, string]>([
    ['upsert of a workspace server', { target: 'workspace_integration', op: 'upsert', id: 'w9', fields: {} }, 'id'],
    ['delete of a workspace server', { target: 'workspace_integration', op: 'delete', id: 'new-9' }, 'id'],
    ['upsert of a crew server', { target: 'crew_integration', op: 'upsert', id: 'w1', fields: {} }, 'id'],
    ['delete of a crew server', { target: 'crew_integration', op: 'delete', id: 'w1' }, 'id'],
    [
      'link to a workspace server',
      { target: 'crew_integration', op: 'upsert', id: 'new-1', fields: { name: 'n', workspaceServerId: 'c1' } },
      'fields.workspaceServerId',
    ],
    ['delete of a binding', { target: 'agent_binding', op: 'delete', id: 'w1' }, 'id'],
    [
      'binding on a server of the other level',
      { target: 'agent_binding', op: 'upsert', id: 'new-1', fields: { serverId: 'w2', scope: 'crew' } },
      'fields.serverId',
    ],
    [
      'tool of an unknown server',
      { target: 'tool', op: 'upsert', scope: 'crew', serverId: 'w2', name: 'search', fields: {} },
      'serverId',
    ],
    ['delete of a tool', { target: 'tool', op: 'delete', scope: 'workspace', serverId: 'w2', name: 'nope' }, 'name'],
  ])('are refused with the place of the fault: %s', (_, change, field) => {
    const sound: Change = { target: 'agent_binding', op: 'upsert', id: 'b1', fields: {} };
    expect(faultOf(sound, change)).toEqual(['preview.unknown_row', `changes.1.${field}`]);
  });
});

describe('changes that the real create would refuse', () => {
  it.each<[string, Change, string, string]>([
    [
      'a server without a name',
      { target: 'workspace_integration', op: 'upsert', id: 'new-1', fields: {} },
      'incomplete_row',
      'fields.name',
    ],
    [
      'a name that another server has',
      { target: 'crew_integration', op: 'upsert', id: 'new-1', fields: { name: 'jira' } },
      'duplicate_row',
      'fields.name',
    ],
    [
      'a binding that names no server',
      { target: 'agent_binding', op: 'upsert', id: 'new-1', fields: { scope: 'crew' } },
      'incomplete_row',
      'fields.serverId',
    ],
    [
      'a second binding on a server',
      { target: 'agent_binding', op: 'upsert', id: 'new-1', fields: { serverId: 'w1', scope: 'workspace' } },
      'duplicate_row',
      'fields.serverId',
    ],
  ])('are refused: %s', (_, change, reason, field) => {
    expect(faultOf(change)).toEqual([`preview.${reason}`, `changes.0.${field}`]);
  });

  it('are refused: a crew server for an agent outside any crew', () => {
    const loner = input({ agent: { id: 'agent-a', crewId: null } });
    const change: Change = { target: 'crew_integration', op: 'upsert', id: 'new-1', fields: { name: 'n' } };
    expect(() => applyChanges(loner, [change])).toThrow(expect.objectContaining({ code: 'preview.no_crew' }));
  });
});
