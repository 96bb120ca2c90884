import { describe, expect, it } from 'vitest';
import { explain } from './explain.js';
import { resolve } from './resolve.js';
import type { ServerScope } from './rows.types.js';
import { crewServer, input, noon, workspaceServer } from './testing/rows.fixture.js';

const servers = {
  workspaceServers: [workspaceServer({ id: 'w1', name: 'github' })],
  crewServers: [crewServer({ id: 'c1', name: 'github' })],
};
const tool = (name: string, scope: ServerScope, enabled: boolean) => ({
  name,
  scope,
  enabled,
  serverId: scope === 'crew' ? 'c1' : 'w1',
});

describe('the tools of a server', () => {
  it('are null while none is recorded, which restricts nothing', () => {
    expect(resolve(input(servers), noon).servers).toMatchObject([{ tools: null }]);
  });

  it('are those that no row switches off, sorted, from both rows', () => {
    const tools = [
      tool('search', 'workspace', true),
      tool('delete', 'workspace', false),
      tool('delete', 'crew', true),
      tool('merge', 'workspace', true),
      tool('merge', 'crew', false),
      tool('Zip', 'crew', true),
    ];
    expect(resolve(input({ ...servers, tools }), noon).servers).toMatchObject([{ tools: ['Zip', 'search'] }]);
    expect(explain(input({ ...servers, tools }), noon).servers[0]?.tools.withheld).toEqual([
      { name: 'delete', decidedBy: { level: 'workspace', rowId: 'w1' } },
      { name: 'merge', decidedBy: { level: 'crew', rowId: 'c1' } },
    ]);
  });

  it('are an empty list, not null, when all are switched off', () => {
    const tools = [tool('search', 'crew', false)];
    expect(resolve(input({ ...servers, tools }), noon).servers).toMatchObject([{ tools: [] }]);
    expect(explain(input({ ...servers, tools }), noon).servers[0]?.warnings.map((warning) => warning.code)).toEqual([
      'all_tools_withheld',
    ]);
  });
});
