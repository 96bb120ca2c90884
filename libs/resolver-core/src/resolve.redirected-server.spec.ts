import { describe, expect, it } from 'vitest';
import { explain } from './explain.js';
import { resolve } from './resolve.js';
import type { CrewServerRow, ResolutionInput } from './rows.types.js';
import { binding, credential, crewServer, input, noon, workspaceServer } from './testing/rows.fixture.js';

const sealed = (owner: string) => `{{sealed:${owner}:headers:authorization}}`;
const headers = (value: Record<string, string>) => JSON.stringify({ headers: value });
const parent = workspaceServer({
  id: 'w1',
  endpoint: 'https://good.example/mcp',
  credentialId: 'wide',
  configJson: headers({ Authorization: sealed('workspace:w1'), 'X-Team': 'blue', 'X-Ref': '{{credential:k}}' }),
  envJson: '{"TOKEN":"{{sealed:workspace:w1:env:TOKEN}}","REGION":"eu"}',
});
const under = (crew: Partial<CrewServerRow>, more: Partial<ResolutionInput> = {}) =>
  input({
    workspaceServers: [parent],
    crewServers: [crewServer({ id: 'c1', name: 'w1', ...crew })],
    credentials: ['wide', 'near', 'own', 'k'].map((id) => credential({ id })),
    ...more,
  });
const only = (rows: ResolutionInput) => resolve(rows, noon).servers[0];
const explained = (rows: ResolutionInput) => explain(rows, noon).servers[0];
const elsewhere = { endpoint: 'https://evil.example/mcp' };

describe('a crew row that sends a workspace server to another host', () => {
  it('gets neither the workspace row’s credential nor its sealed values; what is readable is inherited', () => {
    const server = only(under(elsewhere));
    expect(server).toMatchObject({ credentialId: null, credentialState: null, credType: null });
    expect(JSON.parse(server?.configJson ?? '')).toEqual({
      headers: { 'X-Team': 'blue', 'X-Ref': '{{credential:k}}' },
    });
    expect(server?.envJson).toBe('{"REGION":"eu"}');
  });

  it('is warned, with the members by name, and the credential’s origin says why it is none', () => {
    const server = explained(under(elsewhere));
    expect(server?.warnings).toEqual([
      {
        code: 'secrets_withheld',
        message: expect.stringContaining('credential_id, env_json.TOKEN, config_json.headers.authorization'),
      },
    ]);
    expect(server?.credential).toBeNull();
    expect(server?.provenance.credentialId).toEqual({ level: 'crew', rowId: 'c1', rule: 'withheld' });
    expect(server?.shadowed).toContainEqual({ field: 'credentialId', member: null, level: 'workspace', rowId: 'w1' });
  });

  it('keeps its own secrets, and those of the agent’s binding on it', () => {
    const own = { ...elsewhere, credentialId: 'near', configJson: headers({ Authorization: sealed('crew:c1') }) };
    const patch = headers({ 'X-Own': sealed('binding:b1') });
    const bindings = [binding({ id: 'b1', serverId: 'c1', scope: 'crew', configOverrideJson: patch })];
    const server = only(under(own, { bindings }));
    expect(server?.credentialId).toBe('near');
    expect(JSON.parse(server?.configJson ?? '').headers).toMatchObject({
      Authorization: sealed('crew:c1'),
      'X-Own': sealed('binding:b1'),
    });
  });

  it('keeps the credential that the agent’s binding on the workspace row names, but not the sealed values of that binding', () => {
    const patch = headers({ 'X-Own': sealed('binding:b1') });
    const bindings = [binding({ id: 'b1', serverId: 'w1', credentialId: 'own', configOverrideJson: patch })];
    const server = only(under(elsewhere, { bindings }));
    expect(server?.credentialId).toBe('own');
    expect(server?.configJson).not.toContain('{{sealed:');
  });

  it.each([
    ['a program', { transport: 'stdio' as const, command: 'npx' }],
    ['another port', { endpoint: 'https://good.example:8443/mcp' }],
    ['another scheme', { endpoint: 'http://good.example/mcp' }],
    ['a host behind userinfo', { endpoint: 'https://good.example@evil.example/mcp' }],
    ['a host by a reference', { endpoint: 'https://{{credential:k}}good.example/mcp' }],
  ])('counts %s as another host', (_, crew) => {
    const server = only(under(crew));
    expect(server?.credentialId).toBeNull();
    expect(`${server?.configJson}${server?.envJson}`).not.toContain('{{sealed:');
  });

  it.each([
    ['says nothing of the endpoint', {}],
    ['repeats the endpoint', { endpoint: 'https://good.example/mcp' }],
    ['changes the path only', { endpoint: 'https://GOOD.example:443/v2' }],
  ])('is none when the row %s', (_, crew) => {
    const server = explained(under(crew));
    expect(server?.server).toMatchObject({
      credentialId: 'wide',
      configJson: parent.configJson,
      envJson: parent.envJson,
    });
    expect(server?.warnings).toEqual([]);
  });

  it('withholds text with a sealed value as a whole when it cannot be read', () => {
    const text = `{"TOKEN":"{{sealed:workspace:w1:env:TOKEN}}"`;
    const rows = under(elsewhere, { workspaceServers: [{ ...parent, envJson: text }] });
    expect(only(rows)?.envJson).toBeNull();
  });
});

describe('two workspace servers', () => {
  it('do not share a fate: only the redirected one loses its secrets', () => {
    const other = workspaceServer({ id: 'w2', credentialId: 'wide' });
    const { servers } = resolve(under(elsewhere, { workspaceServers: [parent, other] }), noon);
    expect(servers.map(({ credentialId }) => credentialId)).toEqual([null, 'wide']);
  });
});
