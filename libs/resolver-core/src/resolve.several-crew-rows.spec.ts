import { describe, expect, it } from 'vitest';
import { resolve } from './resolve.js';
import { crewServer, input, noon, workspaceServer } from './testing/rows.fixture.js';

const shared = workspaceServer({ id: 'w1', name: 'postgres', displayName: 'Postgres' });
const row = (id: string, enabled: boolean) => crewServer({ id, name: id, workspaceServerId: 'w1', enabled });

describe('several crew rows linked to one workspace server', () => {
  it('are a server each, and the workspace server is none beside them', () => {
    const rows = input({ workspaceServers: [shared], crewServers: [row('sales-db', true), row('stock-db', true)] });
    const { servers, notOffered } = resolve(rows, noon);
    expect(servers.map(({ name, displayName, overrides }) => [name, displayName, overrides])).toEqual([
      ['sales-db', 'Postgres', 'w1'],
      ['stock-db', 'Postgres', 'w1'],
    ]);
    expect(notOffered).toEqual([]);
  });

  it('are switched off one by one', () => {
    const rows = input({ workspaceServers: [shared], crewServers: [row('sales-db', false), row('stock-db', true)] });
    const { servers, notOffered } = resolve(rows, noon);
    expect(servers.map((server) => server.name)).toEqual(['stock-db']);
    expect(notOffered).toMatchObject([{ serverId: 'sales-db', rule: 'crew_disabled' }]);
  });

  it('hide the workspace server from the crew when all of them are off', () => {
    const rows = input({ workspaceServers: [shared], crewServers: [row('sales-db', false), row('stock-db', false)] });
    const { servers, notOffered } = resolve(rows, noon);
    expect(servers).toEqual([]);
    expect(notOffered.map(({ serverId, overrides, rule }) => [serverId, overrides, rule])).toEqual([
      ['sales-db', 'w1', 'crew_disabled'],
      ['stock-db', 'w1', 'crew_disabled'],
    ]);
  });
});
