import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain } from './explain.js';
import { binding, crewServer, input, noon, workspaceServer } from './testing/rows.fixture.js';
import { worlds } from './testing/world.arbitrary.js';
import { inputFor } from './testing/world.fixture.js';

describe('the origin of the members of a config', () => {
  it('is the row that set them, and the nearest one for objects that several rows merged', () => {
    const { servers } = explain(
      input({
        workspaceServers: [
          workspaceServer({ id: 'w1', configJson: '{"kept":1,"replaced":1,"headers":{"A":"1"},"dropped":{"x":1}}' }),
        ],
        crewServers: [crewServer({ id: 'c1', name: 'w1', configJson: '{"replaced":2,"ours":1,"dropped":null}' })],
        bindings: [binding({ id: 'b1', serverId: 'w1', configOverrideJson: '{"headers":{"B":"2"},"mine":1}' })],
      }),
      noon,
    );
    expect(servers[0]?.configMembers).toEqual([
      { member: 'kept', level: 'workspace', rowId: 'w1', rule: 'inherited' },
      { member: 'replaced', level: 'crew', rowId: 'c1', rule: 'own' },
      { member: 'headers', level: 'agent', rowId: 'b1', rule: 'merged' },
      { member: 'ours', level: 'crew', rowId: 'c1', rule: 'own' },
      { member: 'mine', level: 'agent', rowId: 'b1', rule: 'binding' },
      { member: 'dropped', level: 'crew', rowId: 'c1', rule: 'removed' },
    ]);
    expect(servers[0]?.shadowed).toEqual([
      { field: 'configJson', member: 'replaced', level: 'workspace', rowId: 'w1' },
      { field: 'configJson', member: 'dropped', level: 'workspace', rowId: 'w1' },
    ]);
  });

  it('is told once for exactly the members that the merged config has, for any rows', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        for (const { server, configMembers } of explain(inputFor(world, 'ada'), noon).servers) {
          const told = configMembers.filter((entry) => entry.rule !== 'removed').map((entry) => entry.member);
          const config: unknown = JSON.parse(server.configJson ?? '{}');
          expect(told.sort()).toEqual(Object.keys(Object(config)).sort());
          expect(new Set(configMembers.map((entry) => entry.member)).size).toBe(configMembers.length);
        }
      }),
      { numRuns: 300 },
    );
  });
});
