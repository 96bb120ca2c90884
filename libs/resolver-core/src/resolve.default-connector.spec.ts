import { describe, expect, it } from 'vitest';
import { explain } from './explain.js';
import { resolve } from './resolve.js';
import type { ManagedApps, ResolutionInput } from './rows.types.js';
import { binding, credential, crewServer, input, noon, workspaceServer } from './testing/rows.fixture.js';

const connector = { id: 'd1', endpoint: 'https://provider.example/mcp?user_id=u', credentialId: 'key' };
const armed = (managed: Partial<ManagedApps> = {}): ManagedApps => ({
  optOutId: null,
  ownServerIds: [],
  connector,
  ...managed,
});
const gmail = workspaceServer({
  id: 'w9',
  name: 'composio-a-gmail',
  kind: 'composio',
  visibility: 'bound',
  locked: true,
});
const given = (rows: Partial<ResolutionInput>): ResolutionInput =>
  input({
    workspaceServers: [workspaceServer({ id: 'w1', name: 'github' })],
    credentials: [credential({ id: 'key' })],
    managed: armed(),
    ...rows,
  });
const shown = (rows: Partial<ResolutionInput>) => {
  const { servers, notOffered } = resolve(given(rows), noon);
  return {
    offered: servers.map(({ name }) => name),
    refused: notOffered.map(({ name, rule, decidedBy }) => [name, rule, decidedBy.rowId]),
  };
};

describe('a default connector that is on', () => {
  it('is given to an agent without apps of its own, in place of every other server', () => {
    const rows = given({ crewServers: [crewServer({ id: 'c1', name: 'jira', endpoint: 'https://jira.example' })] });
    const { servers, notOffered } = resolve(rows, noon);
    expect(servers).toEqual([
      expect.objectContaining({
        serverId: 'composio-default',
        name: 'composio-default',
        displayName: 'Composio',
        transport: 'streamable-http',
        endpoint: connector.endpoint,
        kind: 'composio',
        credentialId: 'key',
        credentialState: 'usable',
        credType: 'api_key',
        credHeader: 'x-api-key',
      }),
    ]);
    expect(notOffered.map(({ rule, decidedBy }) => [rule, decidedBy])).toEqual([
      ['default_connector_only', { level: 'workspace', rowId: 'd1' }],
      ['default_connector_only', { level: 'workspace', rowId: 'd1' }],
    ]);
    expect(notOffered[0]?.sentence).toContain('"github" is not offered');
  });

  it('leaves an agent with its own apps', () => {
    const bindings = [binding({ id: 'b1', serverId: 'w9' })];
    expect(shown({ workspaceServers: [gmail], bindings, managed: armed({ ownServerIds: ['w9'] }) })).toEqual({
      offered: ['composio-a-gmail'],
      refused: [['composio-default', 'own_apps_instead', 'w9']],
    });
  });

  it.each([
    ['disabled', [binding({ id: 'b1', serverId: 'w9', enabled: false })], 'agent_opted_out'],
    ['deleted', [], 'bound_only'],
  ])('gives nothing in place of an own app whose binding is %s', (_word, bindings, rule) => {
    const { offered, refused } = shown({
      workspaceServers: [gmail],
      bindings,
      managed: armed({ ownServerIds: ['w9'] }),
    });
    expect(offered).toEqual([]);
    expect(refused.map(([name, why]) => [name, why])).toEqual([
      ['composio-a-gmail', rule],
      ['composio-default', 'own_apps_instead'],
    ]);
  });

  it('gives nothing at all to an agent that opted out', () => {
    const bindings = [binding({ id: 'b1', serverId: 'w9' })];
    const rows = { bindings, managed: armed({ optOutId: 'o1', ownServerIds: ['w9'] }) };
    expect(shown({ ...rows, workspaceServers: [gmail, workspaceServer({ id: 'w1', name: 'github' })] })).toEqual({
      offered: [],
      refused: [
        ['composio-a-gmail', 'managed_opted_out', 'o1'],
        ['composio-default', 'managed_opted_out', 'o1'],
        ['github', 'default_connector_only', 'd1'],
      ],
    });
  });

  it('tells a managed server by what made it, not by its icon', () => {
    const disguised = workspaceServer({ id: 'w2', name: 'disguised', icon: 'composio' });
    expect(shown({ workspaceServers: [disguised] }).refused).toEqual([['disguised', 'default_connector_only', 'd1']]);
  });

  it('does not let a server that it holds back take the name of one that it does not', () => {
    const thief = crewServer({ id: 'c1', name: 'composio-default', endpoint: 'https://thief.example' });
    expect(shown({ workspaceServers: [], crewServers: [thief] }).offered).toEqual(['composio-default']);
    expect(resolve(given({ workspaceServers: [], crewServers: [thief] }), noon).servers[0]?.endpoint).toBe(
      connector.endpoint,
    );
  });

  it('holds back what a crew makes of a managed server', () => {
    const crewServers = [crewServer({ id: 'c1', name: 'mine', kind: 'custom', workspaceServerId: 'w9' })];
    const bindings = [binding({ id: 'b1', serverId: 'w9' })];
    const managed = armed({ ownServerIds: ['w9'] });
    expect(shown({ workspaceServers: [gmail], crewServers, bindings, managed }).offered).toEqual([]);
  });
});

describe('a default connector without a usable key', () => {
  it.each([
    ['missing', credential({ id: 'key', keyMissing: true })],
    ['deleted', credential({ id: 'key', deleted: true })],
    ['revoked', credential({ id: 'key', status: 'REVOKED' })],
  ])('holds nothing back and is not given while the key is %s; explain says why', (_word, key) => {
    expect(shown({ credentials: [key] })).toEqual({ offered: ['github'], refused: [] });
    const { warnings } = explain(given({ credentials: [key] }), noon);
    expect(warnings.map(({ code }) => code)).toEqual(['default_connector_off']);
    expect(warnings[0]?.message).toContain('no other server is held back');
  });
});

describe('a default connector that is not armed', () => {
  it('changes nothing', () => {
    expect(shown({ managed: armed({ connector: null }) })).toEqual({ offered: ['github'], refused: [] });
  });

  it('leaves an opted-out agent its other servers, and none of the provider', () => {
    const bindings = [binding({ id: 'b1', serverId: 'w9' })];
    const workspaceServers = [gmail, workspaceServer({ id: 'w1', name: 'github' })];
    const managed = armed({ connector: null, optOutId: 'o1', ownServerIds: ['w9'] });
    expect(shown({ workspaceServers, bindings, managed })).toEqual({
      offered: ['github'],
      refused: [['composio-a-gmail', 'managed_opted_out', 'o1']],
    });
  });
});

describe('a managed server whose key is missing', () => {
  it('is offered with that state, and explain names the key', () => {
    const bindings = [binding({ id: 'b1', serverId: 'w9', credentialId: 'key', credType: 'api_key' })];
    const rows = { workspaceServers: [gmail], bindings, credentials: [credential({ id: 'key', keyMissing: true })] };
    const managed = armed({ connector: null, ownServerIds: ['w9'] });
    const [server] = explain(given({ ...rows, managed }), noon).servers;
    expect(server?.server.credentialState).toBe('missing');
    expect(server?.warnings).toEqual([
      { code: 'credential_missing', message: expect.stringContaining('No Composio API key is set') },
    ]);
  });
});
