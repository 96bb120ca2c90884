import { describe, expect, it } from 'vitest';
import { explain } from './explain.js';
import type { ResolutionInput } from './rows.types.js';
import { binding, crewServer, input, noon, workspaceServer } from './testing/rows.fixture.js';

const codes = (rows: Partial<ResolutionInput>) =>
  explain(input(rows), noon).servers.flatMap((server) => server.warnings.map((warning) => warning.code));

describe('the warnings about a server', () => {
  it('name a connection that no level completes', () => {
    expect(codes({ crewServers: [crewServer({ id: 'c1' })] })).toEqual(['connection_incomplete']);
    expect(codes({ crewServers: [crewServer({ id: 'c1', endpoint: 'https://c.example' })] })).toEqual([]);
    const toStdio = [crewServer({ id: 'c1', name: 'w1', transport: 'stdio' })];
    expect(codes({ workspaceServers: [workspaceServer({ id: 'w1' })], crewServers: toStdio })).toEqual([
      'connection_incomplete',
    ]);
  });

  it('name a link to a workspace server that is gone', () => {
    const own = crewServer({ id: 'c1', workspaceServerId: 'gone', endpoint: 'https://c.example' });
    expect(codes({ crewServers: [own] })).toEqual(['parent_missing']);
  });

  it('name a config that merges to something else than an object', () => {
    expect(codes({ workspaceServers: [workspaceServer({ id: 'w1', configJson: '[1]' })] })).toEqual([
      'config_not_an_object',
    ]);
  });
});

describe('the warnings about an agent', () => {
  it('name bindings that have no effect because the agent’s cascade lacks their server', () => {
    const { warnings } = explain(
      input({
        workspaceServers: [workspaceServer({ id: 'w1' })],
        bindings: [binding({ id: 'b1', serverId: 'w1' }), binding({ id: 'b2', serverId: 'c9', scope: 'crew' })],
      }),
      noon,
    );
    expect(warnings.map(({ code, message }) => [code, message.includes('b2')])).toEqual([
      ['binding_without_server', true],
    ]);
  });
});
