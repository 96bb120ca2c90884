import { describe, expect, it } from 'vitest';
import { resolve } from './resolve.js';
import type { ResolutionInput } from './rows.types.js';
import { binding, crewServer, input, noon, workspaceServer } from './testing/rows.fixture.js';

const optOut = [binding({ id: 'b1', serverId: 'w1', enabled: false })];
const lockedOff = { enabled: false, locked: true, visibility: 'bound' as const };

describe('where several rules refuse a server, the one told', () => {
  it.each<[string, Partial<ResolutionInput>]>([
    [
      'locked_off',
      {
        workspaceServers: [workspaceServer({ id: 'w1', ...lockedOff })],
        crewServers: [crewServer({ id: 'c1', name: 'w1', enabled: false })],
        bindings: optOut,
      },
    ],
    [
      'crew_disabled',
      {
        workspaceServers: [workspaceServer({ id: 'w1', enabled: false, visibility: 'bound' })],
        crewServers: [crewServer({ id: 'c1', name: 'w1', enabled: false })],
        bindings: optOut,
      },
    ],
    [
      'workspace_disabled',
      { workspaceServers: [workspaceServer({ id: 'w1', enabled: false, visibility: 'bound' })], bindings: optOut },
    ],
    ['agent_opted_out', { workspaceServers: [workspaceServer({ id: 'w1', visibility: 'bound' })], bindings: optOut }],
  ])('is the one that binds the most people: %s', (rule, rows) => {
    expect(resolve(input(rows), noon).notOffered.map((entry) => entry.rule)).toEqual([rule]);
  });
});
