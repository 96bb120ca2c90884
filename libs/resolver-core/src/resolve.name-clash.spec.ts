import { describe, expect, it } from 'vitest';
import { resolve } from './resolve.js';
import { crewServer, input, noon, workspaceServer } from './testing/rows.fixture.js';

describe('two servers with one name', () => {
  const clash = {
    workspaceServers: [workspaceServer({ id: 'w1', name: 'github' }), workspaceServer({ id: 'w2', name: 'forge' })],
    crewServers: [crewServer({ id: 'x1', name: 'forge', workspaceServerId: 'w1' })],
  };

  it('leave the name to the crew’s, and the other is told who has it', () => {
    // The row of the crew takes the name of a workspace server that it does not change.
    const { servers, notOffered } = resolve(input(clash), noon);
    expect(servers.map((server) => server.serverId)).toEqual(['x1']);
    expect(notOffered).toEqual([
      {
        serverId: 'w2',
        scope: 'workspace',
        name: 'forge',
        overrides: null,
        rule: 'name_shadowed',
        decidedBy: { level: 'crew', rowId: 'x1' },
        sentence: 'The name "forge" belongs to the crew server x1, which wins.',
      },
    ]);
  });

  it('leave the name to the smaller id at the same level', () => {
    const rows = input({ crewServers: [crewServer({ id: 'c2', name: 'x' }), crewServer({ id: 'c1', name: 'x' })] });
    const { servers, notOffered } = resolve(rows, noon);
    expect(servers.map((server) => server.serverId)).toEqual(['c1']);
    expect(notOffered).toMatchObject([{ serverId: 'c2', rule: 'name_shadowed', decidedBy: { rowId: 'c1' } }]);
  });

  it('do not clash when the nearer one is not offered', () => {
    const hidden = crewServer({ id: 'x1', name: 'forge', workspaceServerId: 'w1', visibility: 'bound' });
    expect(resolve(input({ ...clash, crewServers: [hidden] }), noon).servers.map((server) => server.serverId)).toEqual([
      'w2',
    ]);
  });
});

describe('the order of the answer', () => {
  it('is by name in code units, the same in every locale', () => {
    const names = ['éclair', 'Zebra', 'apple', 'a', 'B', '__proto__'];
    const rows = input({ workspaceServers: names.map((name, i) => workspaceServer({ id: `w${i}`, name })) });
    expect(resolve(rows, noon).servers.map((server) => server.name)).toEqual([
      'B',
      'Zebra',
      '__proto__',
      'a',
      'apple',
      'éclair',
    ]);
  });
});
