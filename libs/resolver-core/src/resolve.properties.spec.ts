import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { destinationOf } from './destination.js';
import { explain } from './explain.js';
import { resolve } from './resolve.js';
import type { ResolutionInput } from './rows.types.js';
import { noon } from './testing/rows.fixture.js';
import { worlds } from './testing/world.arbitrary.js';
import { inputFor } from './testing/world.fixture.js';

const inputs = worlds.map((world) => inputFor(world, 'ada'));
const always = <T>(arbitrary: fc.Arbitrary<T>, promise: (value: T) => void) =>
  fc.assert(fc.property(arbitrary, promise), { numRuns: 300 });

const shuffled = (input: ResolutionInput): fc.Arbitrary<ResolutionInput> =>
  fc
    .record({
      workspaceServers: mixed(input.workspaceServers),
      crewServers: mixed(input.crewServers),
      bindings: mixed(input.bindings),
      boundByOthers: mixed(input.boundByOthers),
      credentials: mixed(input.credentials),
      tools: mixed(input.tools),
    })
    .map((rows) => ({ ...input, ...rows }));

function mixed<T>(rows: readonly T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray([...rows], { minLength: rows.length });
}

describe('for any rows', () => {
  it('explain and resolve give the same servers and the same reasons', () => {
    always(inputs, (input) => {
      const { servers, notOffered } = explain(input, noon);
      expect({ servers: servers.map((entry) => entry.server), notOffered }).toEqual(resolve(input, noon));
    });
  });

  it('the answer does not depend on the order of the rows', () => {
    const pairs = inputs.chain((input) => fc.tuple(fc.constant(input), shuffled(input)));
    always(pairs, ([input, other]) => {
      expect(JSON.stringify(explain(other, noon))).toBe(JSON.stringify(explain(input, noon)));
    });
  });

  it('every row is accounted for: offered, not offered, or changed by a crew row that is', () => {
    always(inputs, (input) => {
      const { servers, notOffered } = resolve(input, noon);
      const told = [...servers, ...notOffered];
      const own = told.map((entry) => entry.serverId);
      expect(new Set(own).size).toBe(own.length);
      const named = new Set(told.flatMap((entry) => [entry.serverId, entry.overrides]));
      const rows = [...input.workspaceServers, ...input.crewServers];
      expect(rows.filter((row) => !named.has(row.id))).toEqual([]);
    });
  });

  it('names are unique and ordered', () => {
    always(inputs, (input) => {
      const names = resolve(input, noon).servers.map((server) => server.name);
      expect(names).toEqual([...new Set(names)].sort());
    });
  });

  it('a server that is locked off never appears, under its own id or a crew row’s', () => {
    always(inputs, (input) => {
      const lockedOff = new Set(
        input.workspaceServers.filter((row) => row.locked && !row.enabled).map((row) => row.id),
      );
      const seen = resolve(input, noon).servers.filter(
        (server) => lockedOff.has(server.serverId) || (server.overrides !== null && lockedOff.has(server.overrides)),
      );
      expect(seen).toEqual([]);
    });
  });

  it('a tool that any row of its server switches off is never offered', () => {
    always(inputs, (input) => {
      for (const { serverId, overrides, tools } of resolve(input, noon).servers) {
        const off = input.tools.filter((tool) => !tool.enabled && [serverId, overrides].includes(tool.serverId));
        expect(off.filter((tool) => tools?.includes(tool.name) ?? true)).toEqual([]);
      }
    });
  });

  it('a credential comes from the nearest row that names one, or is withheld; it is never a wider row’s in its place', () => {
    always(inputs, (input) => {
      for (const { server, credential, provenance } of explain(input, noon).servers) {
        const rows = [...input.bindings.filter((row) => row.enabled), ...input.crewServers, ...input.workspaceServers];
        const reachable = [...server.bindingIds, server.serverId, server.overrides];
        const naming = rows.filter((row) => reachable.includes(row.id) && row.credentialId !== null);
        const level = { agent: 0, crew: 1, workspace: 2, default: 3 }[provenance.credentialId.level];
        const nearest = Math.min(...naming.map((row) => ('serverId' in row ? 0 : row.id.startsWith('c') ? 1 : 2)), 3);
        if (provenance.credentialId.rule === 'withheld') expect([nearest, credential]).toEqual([2, null]);
        else expect(level).toBe(nearest);
        expect(credential === null).toBe(server.credentialState === null);
      }
    });
  });

  it('secrets of a workspace server stay where its own endpoint is', () => {
    const owned = inputs.map((input) => ({
      ...input,
      workspaceServers: input.workspaceServers.map((row) => ({
        ...row,
        configJson: `{"headers":{"Authorization":"{{sealed:workspace:${row.id}:headers:authorization}}"}}`,
      })),
    }));
    always(owned, (input) => {
      for (const server of resolve(input, noon).servers) {
        const parent = input.workspaceServers.find((row) => row.id === server.overrides);
        if (parent === undefined || destinationOf(parent) === destinationOf(server)) continue;
        expect(server.configJson ?? '').not.toContain('{{sealed:workspace:');
      }
    });
  });

  it('disabled bindings of other agents and bindings of deleted agents change nothing', () => {
    always(worlds, (world) => {
      const bindings = world.bindings.filter((row) => row.agentId === 'ada' || (row.agentId === 'bob' && row.enabled));
      expect(resolve(inputFor({ ...world, bindings }, 'ada'), noon)).toEqual(resolve(inputFor(world, 'ada'), noon));
    });
  });

  it('another agent’s enabled binding hides servers with automatic visibility at most, and changes no other', () => {
    always(worlds, (world) => {
      const bindings = world.bindings.filter((row) => row.agentId === 'ada');
      const alone = resolve(inputFor({ ...world, bindings }, 'ada'), noon);
      const among = resolve(inputFor(world, 'ada'), noon);
      const hidden = new Set(
        among.notOffered
          .filter((entry) => entry.rule === 'visible_to_bound_agents_only')
          .map((entry) => entry.serverId),
      );
      expect(alone.servers.filter((server) => !hidden.has(server.serverId))).toEqual(
        among.servers.filter((server) => alone.servers.some(({ serverId }) => serverId === server.serverId)),
      );
    });
  });

  it('the input is left as it was', () => {
    always(inputs, (input) => {
      const before = JSON.stringify(input);
      explain(input, noon);
      expect(JSON.stringify(input)).toBe(before);
    });
  });
});
