import { describe, expect, it } from 'vitest';
import { explain } from './explain.js';
import type { ExplainedServer } from './explanation.types.js';
import { binding, credential, crewServer, input, noon, workspaceServer } from './testing/rows.fixture.js';

const only = (rows: Parameters<typeof input>[0]): ExplainedServer => {
  const [server, ...more] = explain(input(rows), noon).servers;
  if (server === undefined || more.length > 0) throw new Error('expected exactly one server');
  return server;
};

describe('the provenance of a server', () => {
  it('names level, row and rule of every field of a server that all three levels shape', () => {
    const { provenance } = only({
      workspaceServers: [
        workspaceServer({ id: 'w1', name: 'github', icon: 'octocat', enabled: false, configJson: '{"a":1}' }),
      ],
      crewServers: [
        crewServer({ id: 'c1', name: 'forge', workspaceServerId: 'w1', transport: 'stdio', command: 'npx' }),
      ],
      bindings: [
        binding({ id: 'b1', serverId: 'w1', credentialId: 'k1', envVarName: 'TOKEN', configOverrideJson: '{"a":2}' }),
      ],
      credentials: [credential({ id: 'k1' })],
    });
    const crewOwn = { level: 'crew', rowId: 'c1', rule: 'own' };
    const inherited = { level: 'workspace', rowId: 'w1', rule: 'inherited' };
    const fromBinding = { level: 'agent', rowId: 'b1', rule: 'binding' };
    const byDefault = { level: 'default', rowId: null, rule: 'default' };
    expect(provenance).toEqual({
      name: crewOwn,
      enabled: crewOwn,
      visibility: inherited,
      displayName: inherited,
      transport: crewOwn,
      endpoint: { level: 'crew', rowId: 'c1', rule: 'not_applicable' },
      command: crewOwn,
      argsJson: byDefault,
      envJson: byDefault,
      configJson: { level: 'agent', rowId: 'b1', rule: 'merged' },
      icon: inherited,
      kind: inherited,
      credentialId: fromBinding,
      credType: fromBinding,
      credHeader: byDefault,
      envVarName: fromBinding,
    });
  });

  it('tells defaults from settings on a crew server that sets nothing', () => {
    const { provenance } = only({ crewServers: [crewServer({ id: 'c1' })] });
    const defaulted = Object.entries(provenance).filter(([, origin]) => origin.rule === 'default');
    expect(Object.keys(Object.fromEntries(defaulted))).toEqual(
      Object.keys(provenance).filter((field) => field !== 'name' && field !== 'enabled'),
    );
  });

  it('says so when a lock on the workspace row kept the visibility', () => {
    const { provenance, shadowed } = only({
      workspaceServers: [workspaceServer({ id: 'w1', locked: true })],
      crewServers: [crewServer({ id: 'c1', name: 'w1', visibility: 'everyone' })],
    });
    expect(provenance.visibility).toEqual({ level: 'workspace', rowId: 'w1', rule: 'locked' });
    expect(shadowed).toEqual([{ field: 'visibility', member: null, level: 'crew', rowId: 'c1' }]);
  });
});

describe('the shadowed values of a server', () => {
  it('are told by row and field and never by value', () => {
    const explained = only({
      workspaceServers: [workspaceServer({ id: 'w1', envJson: '{"TOKEN":"canary-8e"}', icon: 'octocat' })],
      crewServers: [crewServer({ id: 'c1', name: 'w1', envJson: '{}', displayName: 'Ours' })],
      bindings: [
        binding({ id: 'b1', serverId: 'w1', credentialId: 'k1' }),
        binding({ id: 'b2', serverId: 'c1', scope: 'crew', credentialId: 'k2' }),
      ],
    });
    expect(explained.shadowed).toEqual([
      { field: 'displayName', member: null, level: 'workspace', rowId: 'w1' },
      { field: 'envJson', member: null, level: 'workspace', rowId: 'w1' },
      { field: 'credentialId', member: null, level: 'agent', rowId: 'b1' },
    ]);
    expect(JSON.stringify(explained)).not.toContain('canary');
  });

  it('are none on a server that one row defines', () => {
    expect(only({ workspaceServers: [workspaceServer({ id: 'w1' })] }).shadowed).toEqual([]);
  });
});
