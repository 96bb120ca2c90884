import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain } from './explain.js';
import { resolve } from './resolve.js';
import type { ResolutionInput } from './rows.types.js';
import { noon } from './testing/rows.fixture.js';
import { managedApps, worlds } from './testing/world.arbitrary.js';
import { inputFor } from './testing/world.fixture.js';

const inputs = fc
  .tuple(worlds, managedApps)
  .map(([world, managed]): ResolutionInput => inputFor({ ...world, managed }, 'ada'));
const always = (promise: (input: ResolutionInput) => void) => fc.assert(fc.property(inputs, promise), { numRuns: 300 });
const isDefault = ({ serverId }: { serverId: string }) => serverId === 'composio-default';

describe('for any rows and any default connector', () => {
  it('explain and resolve agree', () => {
    always((input) => {
      const { servers, notOffered } = explain(input, noon);
      expect({ servers: servers.map((entry) => entry.server), notOffered }).toEqual(resolve(input, noon));
    });
  });

  it('an agent that opted out, or has or had apps of its own, never gets the connector', () => {
    always((input) => {
      const { optOutId, ownServerIds } = input.managed;
      if (optOutId === null && ownServerIds.length === 0) return;
      expect(resolve(input, noon).servers.filter(isDefault)).toEqual([]);
    });
  });

  it('an agent that opted out gets no server of the provider', () => {
    always((input) => {
      if (input.managed.optOutId === null) return;
      expect(resolve(input, noon).servers.filter(({ kind }) => kind === 'composio')).toEqual([]);
    });
  });

  it('servers of others are offered beside the connector or held back all together', () => {
    always((input) => {
      const { servers, notOffered } = resolve(input, noon);
      const isOn = [...servers, ...notOffered].some(isDefault);
      const without = resolve({ ...input, managed: { ...input.managed, connector: null } }, noon);
      if (isOn) expect(servers.filter(({ kind }) => kind !== 'composio')).toEqual([]);
      else expect(servers).toEqual(without.servers);
    });
  });
});
