import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestApp } from '#testing';
import { type RuntimeWorld, resolved, runtimeWorld, startRuntimeApp } from './runtime-world.fixture.js';

describe('a server that lacks a value', () => {
  let test: TestApp;
  let world: RuntimeWorld;

  beforeAll(async () => {
    test = await startRuntimeApp();
  });
  afterAll(() => test.close());

  const fresh = async () => {
    world = await runtimeWorld(test);
    return world;
  };
  const onlyServer = async () => {
    const { mcp_servers } = await resolved(test, world.agentId);
    expect(mcp_servers).toHaveLength(1);
    return mcp_servers[0];
  };

  it('is listed with every problem, and without a reference in the place of a value', async () => {
    const { server, credential } = await fresh();
    await credential('there', 'value-1');
    await server('half', {
      transport: 'stdio',
      endpoint: null,
      command: 'npx',
      args_json: JSON.stringify(['--a={{credential:there}}', '--b={{credential:gone}}']),
      env_json: JSON.stringify({ GOOD: '{{credential:there}}', BAD: '{{credential:there}} {{ credential: gone }}' }),
      config_json: JSON.stringify({ region: '{{credential:gone}}' }),
    });
    const { mcp_servers: text } = await resolved(test, world.agentId);
    expect(JSON.stringify(text.map(({ problems: _, ...rest }) => rest))).not.toContain('{{');
    expect(text[0]).toMatchObject({ ready: false, env: { GOOD: 'value-1' }, config: null, command: 'npx' });
    expect(text[0] && 'args' in text[0]).toBe(false);
    expect(text[0]?.problems.map(({ code, field }) => [code, field])).toEqual([
      ['value_missing', 'args.1'],
      ['value_missing', 'env.BAD'],
      ['value_missing', 'config.region'],
    ]);
    expect(text[0]?.problems[0]?.message).toContain('{{credential:gone}}');
  });

  it('keeps its endpoint and headers to what has a value, and no other server from working', async () => {
    const { server } = await fresh();
    const gone = '{{credential:gone}}';
    const config = JSON.stringify({ headers: { 'X-Bad': gone, 'X-Good': 'g' } });
    await server('bad', { endpoint: `https://mcp.example.com/${gone}`, config_json: config });
    await server('good');
    const [bad, good] = (await resolved(test, world.agentId)).mcp_servers;
    expect(bad).toMatchObject({ ready: false, headers: { 'X-Good': 'g' }, config: null });
    expect(bad && 'endpoint' in bad).toBe(false);
    expect(bad?.problems.map(({ field }) => field)).toEqual(['endpoint', 'headers.X-Bad']);
    expect(good).toMatchObject({ ready: true, problems: [], endpoint: 'https://mcp.example.com/mcp' });
  });

  it.each([
    ['PENDING', {}],
    ['REVOKED', {}],
    ['EXPIRED', {}],
    ['ERROR', {}],
    ['RATE_LIMITED', {}],
    ['ACTIVE', { tokenExpiresAt: new Date(0) }],
    ['ACTIVE', { deletedAt: new Date(0) }],
  ])('is what a credential of status %s with %j makes of it, attached or referred to', async (status, more) => {
    const { server, credential, bind } = await fresh();
    const id = await credential('key', 'held-back');
    const config = JSON.stringify({ headers: { 'X-Ref': '{{credential:key}}' } });
    await bind(await server('one', { config_json: config }), { credential_id: id });
    expect(await onlyServer()).toMatchObject({ ready: true, cred_token: 'held-back' });
    await test.prisma.client.credential.update({ where: { id }, data: { status, ...more } });
    const found = await onlyServer();
    expect(found?.ready).toBe(false);
    expect(found?.problems.map(({ code }) => code)).toEqual(
      status === 'ACTIVE' && 'deletedAt' in more
        ? ['value_missing', 'credential_unusable']
        : ['credential_unusable', 'credential_unusable'],
    );
    expect(JSON.stringify(found)).not.toContain('held-back');
  });

  it('is one whose stored value does not open, and the others work', async () => {
    const { server, credential, bind } = await fresh();
    const id = await credential('key', 'v');
    const other = await credential('other', 'w');
    await bind(await server('a', { env_json: '{"API_TOKEN": "sealed-literal-1"}' }), { credential_id: id });
    await bind(await server('b'), { credential_id: other });
    const foreign = await test.prisma.client.credential.findUniqueOrThrow({ where: { id: other } });
    // A value that was copied from another row does not open in this one.
    await test.prisma.client.credential.update({ where: { id }, data: { sealedValue: foreign.sealedValue } });
    const [a, b] = (await resolved(test, world.agentId)).mcp_servers;
    expect(a).toMatchObject({ ready: false, env: { API_TOKEN: 'sealed-literal-1' } });
    expect(a?.problems.map(({ code }) => code)).toEqual(['credential_unusable']);
    expect(b).toMatchObject({ ready: true, cred_token: 'w' });
  });

  it('is one with a value that its place cannot carry', async () => {
    const { server, credential } = await fresh();
    await credential('two lines', 'first\r\nX-Injected: second');
    const config = JSON.stringify({ headers: { 'X-A': '{{credential:two lines}}' } });
    await server('one', { config_json: config });
    const found = await onlyServer();
    expect(found).toMatchObject({ ready: false, headers: {} });
    expect(found?.problems).toEqual([expect.objectContaining({ code: 'value_not_sendable', field: 'headers.X-A' })]);
    expect(found?.problems[0]?.message).not.toContain('Injected');
  });

  it('is one that refers to a credential of another crew, unless the agent was granted it', async () => {
    const { server, credential, make, workspaceId, agentId } = await fresh();
    const other = await test.seed.crew(workspaceId);
    const id = await credential('theirs', 'of another crew', { crew_ids: [other] });
    await server('one', { env_json: '{"A": "{{credential:theirs}}"}' });
    expect((await onlyServer())?.problems.map(({ code }) => code)).toEqual(['value_missing']);
    await make('POST', `/api/v1/agents/${agentId}/credentials`, {
      credential_id: id,
      env_var_name: 'B',
      ttl_seconds: 60,
    });
    expect(await onlyServer()).toMatchObject({ ready: true, env: { A: 'of another crew' } });
    test.clock.advanceMs(60_000);
    expect((await onlyServer())?.ready).toBe(false);
    await make('PATCH', `/api/v1/credentials/${id}`, { crew_ids: [other, world.crewId] });
    expect(await onlyServer()).toMatchObject({ ready: true });
  });

  it('never takes a credential of that name from another workspace', async () => {
    const stranger = await runtimeWorld(test);
    await stranger.credential('shared name', 'of a stranger');
    const { server } = await fresh();
    await server('one', { env_json: '{"A": "{{credential:shared name}}"}' });
    expect(await onlyServer()).toMatchObject({ ready: false });
  });

  it('is every one of a privileged container, until the workspace allows secrets there', async () => {
    const { server, credential, bind, workspaceId, crewId, agentId, make } = await fresh();
    const id = await credential('key', 'held-back');
    await bind(await server('one', { env_json: '{"API_TOKEN": "held-back-literal"}' }), { credential_id: id });
    await make('POST', `/api/v1/agents/${agentId}/credentials`, { credential_id: id, env_var_name: 'KEY' });
    const devcontainerConfig = '{"runArgs": ["--privileged"]}';
    await test.prisma.client.crew.update({ where: { id: crewId }, data: { devcontainerConfig } });
    const answer = await resolved(test, agentId);
    expect(JSON.stringify(answer)).not.toContain('held-back');
    expect(answer.problems.map(({ code }) => code)).toEqual(['credentials_withheld']);
    expect(answer.mcp_servers[0]).toMatchObject({ ready: false });
    await test.prisma.client.workspace.update({
      where: { id: workspaceId },
      data: { allowPrivilegedCredentials: true },
    });
    const allowed = await resolved(test, agentId);
    expect(allowed).toMatchObject({
      problems: [],
      credentials: [{ value: 'held-back' }],
      mcp_servers: [{ ready: true }],
    });
  });
});
