import { describe, expect, it } from 'vitest';
import { explain } from './explain.js';
import { credentialsNeeded } from './references.js';
import { resolve } from './resolve.js';
import type { ResolutionInput } from './rows.types.js';
import { binding, credential, crewServer, input, noon, workspaceServer } from './testing/rows.fixture.js';

const wide = workspaceServer({
  id: 'w1',
  name: 'github',
  credentialId: 'wide',
  credType: 'api_key',
  credHeader: 'X-Wide',
});
const near = crewServer({ id: 'c1', name: 'github', credentialId: 'near', envVarName: 'NEAR' });
const inheriting = crewServer({ id: 'c1', name: 'github', credType: 'basic', credHeader: 'X-Unused' });
const credentials = ['wide', 'near', 'own'].map((id) => credential({ id }));
const only = (rows: Partial<ResolutionInput>) => resolve(input({ credentials, ...rows }), noon).servers[0];
const explained = (rows: Partial<ResolutionInput>) => explain(input({ credentials, ...rows }), noon).servers[0];

describe('a credential that a server row names', () => {
  it('is for every agent that has the server, binding or not', () => {
    const sent = { credentialId: 'wide', credentialName: 'wide', credType: 'api_key', credHeader: 'X-Wide' };
    expect(only({ workspaceServers: [wide] })).toMatchObject(sent);
    const bindings = [binding({ id: 'b1', serverId: 'w1', credType: 'basic', credHeader: 'X-Unused' })];
    expect(only({ workspaceServers: [wide], bindings })).toMatchObject(sent);
  });

  it('of the crew replaces the workspace’s as a unit, and goes as bearer unless that row says otherwise', () => {
    expect(only({ workspaceServers: [wide], crewServers: [near] })).toMatchObject({
      credentialId: 'near',
      credType: 'bearer',
      credHeader: null,
      envVarName: 'NEAR',
    });
  });

  it('of the workspace is inherited with its own type and header by a crew row that names none', () => {
    expect(only({ workspaceServers: [wide], crewServers: [inheriting] })).toMatchObject({
      credentialId: 'wide',
      credType: 'api_key',
      credHeader: 'X-Wide',
    });
  });

  it.each(['w1', 'c1'])('yields to the agent’s binding on %s when that names one', (serverId) => {
    const scope = serverId === 'c1' ? ('crew' as const) : ('workspace' as const);
    const own = binding({ id: 'b1', serverId, scope, credentialId: 'own' });
    const servers = { workspaceServers: [wide], crewServers: [near] };
    expect(only({ ...servers, bindings: [own] })).toMatchObject({ credentialId: 'own', credType: 'bearer' });
  });

  it('is not replaced by a wider one when it is deleted', () => {
    const gone = [credential({ id: 'wide' }), credential({ id: 'near', deleted: true })];
    const rows = { workspaceServers: [wide], crewServers: [near], credentials: gone };
    expect(only(rows)).toMatchObject({ credentialId: null, credentialState: 'missing', envVarName: 'NEAR' });
    expect(explained(rows)?.warnings).toEqual([
      { code: 'credential_missing', message: expect.stringContaining('crew server c1') },
    ]);
  });

  it('does not touch who sees the server', () => {
    const others = { boundByOthers: ['w1'], workspaceServers: [wide] };
    expect(resolve(input({ credentials, ...others }), noon).notOffered).toMatchObject([
      { rule: 'visible_to_bound_agents_only' },
    ]);
  });

  it('is among the credentials that an input needs', () => {
    const rows = input({ workspaceServers: [wide], crewServers: [near] });
    expect(credentialsNeeded(rows).ids).toEqual(['wide', 'near']);
  });
});

describe('the explanation of such a credential', () => {
  it('names level and row, and every row whose credential lost', () => {
    const bindings = [binding({ id: 'b1', serverId: 'w1', credentialId: 'own' })];
    const server = explained({ workspaceServers: [wide], crewServers: [near], bindings });
    expect(server?.credential).toMatchObject({ id: 'own', level: 'agent', rowId: 'b1', bindingId: 'b1' });
    expect(server?.shadowed).toEqual([
      { field: 'credentialId', member: null, level: 'crew', rowId: 'c1' },
      { field: 'credentialId', member: null, level: 'workspace', rowId: 'w1' },
    ]);
  });

  it('tells own from inherited and set from default, field by field', () => {
    const inherited = { level: 'workspace', rowId: 'w1', rule: 'inherited' };
    expect(explained({ workspaceServers: [wide], crewServers: [inheriting] })).toMatchObject({
      credential: { level: 'workspace', rowId: 'w1', bindingId: null },
      provenance: {
        credentialId: inherited,
        credType: inherited,
        credHeader: inherited,
        envVarName: { rule: 'default' },
      },
    });
    expect(explained({ workspaceServers: [wide], crewServers: [near] })).toMatchObject({
      credential: { level: 'crew', rowId: 'c1', bindingId: null },
      provenance: { credentialId: { level: 'crew', rowId: 'c1', rule: 'own' }, credType: { rule: 'default' } },
    });
    expect(explained({ workspaceServers: [wide] })?.provenance.credentialId.rule).toBe('own');
  });
});
