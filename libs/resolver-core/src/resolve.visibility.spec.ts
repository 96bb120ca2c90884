import { describe, expect, it } from 'vitest';
import { resolve } from './resolve.js';
import { noManagedApps, type Visibility } from './rows.types.js';
import { binding, crewServer, noon, workspaceServer } from './testing/rows.fixture.js';
import { inputFor, type World } from './testing/world.fixture.js';

const world = (part: Partial<World>): World => ({
  agents: [
    { id: 'ada', live: true },
    { id: 'bob', live: true },
    { id: 'gone', live: false },
  ],
  workspaceServers: [workspaceServer({ id: 'w1' })],
  crewServers: [],
  bindings: [],
  credentials: [],
  tools: [],
  managed: noManagedApps,
  ...part,
});
const of = (agentId: string, serverId = 'w1', enabled = true) => ({
  ...binding({
    id: `${agentId}-${serverId}`,
    serverId,
    scope: serverId.startsWith('c') ? 'crew' : 'workspace',
    enabled,
  }),
  agentId,
});
const offered = (part: Partial<World>, agentId: string) =>
  resolve(inputFor(world(part), agentId), noon).servers.map((server) => server.serverId);

describe('visibility auto', () => {
  it('shows the server to everyone while nobody has bound it', () => {
    expect(offered({}, 'ada')).toEqual(['w1']);
  });

  it('shows it to the bound agents only once a live agent has bound it', () => {
    const bindings = [of('ada')];
    expect(offered({ bindings }, 'ada')).toEqual(['w1']);
    expect(offered({ bindings }, 'bob')).toEqual([]);
    expect(resolve(inputFor(world({ bindings }), 'bob'), noon).notOffered).toMatchObject([
      { rule: 'visible_to_bound_agents_only', decidedBy: { level: 'workspace', rowId: 'w1' } },
    ]);
  });

  it('is not narrowed by another agent’s opt-out or by a deleted agent’s binding', () => {
    expect(offered({ bindings: [of('ada', 'w1', false), of('gone')] }, 'bob')).toEqual(['w1']);
  });

  it.each(['w1', 'c1'])('counts bindings on either row of an overridden server: %s', (serverId) => {
    const crewServers = [crewServer({ id: 'c1', name: 'w1' })];
    expect(offered({ crewServers, bindings: [of('ada', serverId)] }, 'bob')).toEqual([]);
    expect(offered({ crewServers, bindings: [of('ada', serverId)] }, 'ada')).toEqual(['c1']);
  });
});

describe('visibility everyone', () => {
  it('shows the server to all, whoever has bound it', () => {
    const workspaceServers = [workspaceServer({ id: 'w1', visibility: 'everyone' })];
    expect(offered({ workspaceServers, bindings: [of('ada')] }, 'bob')).toEqual(['w1']);
  });
});

describe('visibility bound', () => {
  it('shows the server to nobody but the agents with an enabled binding', () => {
    const workspaceServers = [workspaceServer({ id: 'w1', visibility: 'bound' })];
    expect(offered({ workspaceServers }, 'bob')).toEqual([]);
    expect(offered({ workspaceServers, bindings: [of('bob')] }, 'bob')).toEqual(['w1']);
  });
});

describe('the visibility of a crew row', () => {
  it.each<[Visibility, Visibility | null, string[]]>([
    ['bound', 'everyone', ['c1']],
    ['everyone', 'bound', []],
    ['everyone', null, ['c1']],
    ['bound', null, []],
  ])('replaces the workspace row’s %s with %s', (wide, near, expected) => {
    const workspaceServers = [workspaceServer({ id: 'w1', visibility: wide })];
    const crewServers = [crewServer({ id: 'c1', name: 'w1', visibility: near })];
    expect(offered({ workspaceServers, crewServers }, 'bob')).toEqual(expected);
  });

  it('names the row that decided', () => {
    const crewServers = [crewServer({ id: 'c1', name: 'w1', visibility: 'bound' }), crewServer({ id: 'c2' })];
    const { notOffered } = resolve(inputFor(world({ crewServers, bindings: [of('ada', 'c2')] }), 'bob'), noon);
    expect(notOffered.map(({ serverId, rule, decidedBy }) => [serverId, rule, decidedBy.rowId])).toEqual([
      ['c2', 'visible_to_bound_agents_only', 'c2'],
      ['c1', 'bound_only', 'c1'],
    ]);
  });
});
