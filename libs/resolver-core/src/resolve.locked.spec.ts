import { describe, expect, it } from 'vitest';
import { resolve } from './resolve.js';
import type { Visibility } from './rows.types.js';
import { crewServer, input, noon, workspaceServer } from './testing/rows.fixture.js';

describe('a locked workspace server', () => {
  const off = workspaceServer({ id: 'w1', name: 'jira', enabled: false, locked: true });

  it.each([
    ['linked under another name', crewServer({ id: 'c1', name: 'tickets', workspaceServerId: 'w1' })],
    ['unlinked under the same name', crewServer({ id: 'c1', name: 'jira' })],
    ['itself disabled', crewServer({ id: 'c1', name: 'jira', enabled: false })],
  ])('stays off whatever a crew row says: %s', (_, own) => {
    expect(resolve(input({ workspaceServers: [off], crewServers: [own] }), noon)).toMatchObject({
      servers: [],
      notOffered: [{ serverId: 'c1', rule: 'locked_off', decidedBy: { level: 'workspace', rowId: 'w1' } }],
    });
  });

  it('can still be switched off by a crew when it is on', () => {
    const rows = input({
      workspaceServers: [workspaceServer({ id: 'w1', locked: true })],
      crewServers: [crewServer({ id: 'c1', name: 'w1', enabled: false })],
    });
    expect(resolve(rows, noon)).toMatchObject({ servers: [], notOffered: [{ rule: 'crew_disabled' }] });
  });

  it.each<[Visibility, Visibility, boolean, boolean]>([
    ['bound', 'everyone', true, false],
    ['bound', 'everyone', false, true],
    ['auto', 'everyone', true, false],
    ['everyone', 'bound', true, false],
    ['everyone', 'auto', true, false],
  ])('lets a crew narrow its visibility but not widen it: %s to %s, locked %s', (theirs, ours, locked, offered) => {
    const rows = input({
      workspaceServers: [workspaceServer({ id: 'w1', locked, visibility: theirs })],
      crewServers: [crewServer({ id: 'c1', name: 'w1', visibility: ours })],
      boundByOthers: ['w1'],
    });
    expect(resolve(rows, noon).servers).toHaveLength(offered ? 1 : 0);
  });
});
