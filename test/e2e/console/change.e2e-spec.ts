import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '#testing';
import { streamable2025 } from '../../../libs/mcp-client/src/mcp-servers.fixture.js';
import { ConsoleProgram, consoleTeam, Listeners } from './console.fixture.js';

const notFound = { message: 'Integration not found', error: 'Not Found', code: 'not_found', statusCode: 404 };

describe('an MCP server of the console', () => {
  let test: TestApp;
  let team: Awaited<ReturnType<typeof consoleTeam>>;
  const listeners = new Listeners();

  beforeAll(async () => {
    test = await startTestApp({ env: { EGRESS_ALLOW: '127.0.0.1', CREWSHIP_RATELIMIT_DISABLED: 'true' } });
    team = await consoleTeam(test);
  });
  afterEach(() => listeners.close());
  afterAll(() => test.close());

  const sealedValues = async (workspaceId: string): Promise<(string | null)[]> =>
    (await test.prisma.client.credential.findMany({ where: { workspaceId }, select: { sealedValue: true } })).map(
      ({ sealedValue }) => sealedValue,
    );

  it.each([
    ['none', undefined, {}],
    ['bearer', { token: 'tkn' }, { authorization: 'Bearer tkn' }],
    ['basic', { username: 'ada', password: 'pass:word' }, { authorization: `Basic ${btoa('ada:pass:word')}` }],
    ['api_key', { api_key: 'kee' }, { 'x-api-key': 'kee' }],
    ['api_key', { api_key: 'kee', header_name: 'X-Kee' }, { 'x-kee': 'kee' }],
    ['custom', { header_name: 'Authorization', token: 'Token verbatim' }, { authorization: 'Token verbatim' }],
    ['custom', { header_name: 'X-Own', api_key: 'own' }, { 'x-own': 'own' }],
  ])('is sent what auth_type %s and %j say', async (auth_type, auth_config, headers) => {
    const { url, requests } = await listeners.listen(streamable2025().listener);
    const id = await team.program.make({ server_url: url, auth_type, auth_config });
    expect((await team.program.on(id, 'GET')).body.data.config.auth_type).toBe(auth_type);
    const { body } = await team.program.on(id, 'POST', '/test');
    expect(body).toEqual({ message: 'Success', data: { success: true, message: 'Connected', tools_count: 2 } });
    const sent = ['authorization', 'x-api-key', 'x-kee', 'x-own'].flatMap((name) => {
      const value = requests[0]?.headers[name];
      return value === undefined ? [] : [[name, value]];
    });
    expect(Object.fromEntries(sent)).toEqual(headers);
  });

  it('keeps auth_config that is not given, replaces it when it is, and forgets it at null', async () => {
    const { program, workspaceId } = await consoleTeam(test);
    const { url, requests } = await listeners.listen(streamable2025().listener);
    const id = await program.make({ server_url: url, auth_type: 'bearer', auth_config: { token: 'first' } });
    const sentAfter = async (change: object) => {
      const { status, body } = await program.on(id, 'PATCH', '', change);
      requests.length = 0;
      await program.on(id, 'POST', '/test');
      return [
        status,
        body.data.config.auth_type,
        requests[0]?.headers.authorization ?? requests[0]?.headers['x-api-key'],
      ];
    };
    expect(await sentAfter({ name: 'Renamed' })).toEqual([200, 'bearer', 'Bearer first']);
    expect(await sentAfter({ auth_config: { token: 'second' } })).toEqual([200, 'bearer', 'Bearer second']);
    expect(await sentAfter({ auth_type: 'api_key', auth_config: { api_key: 'third' } })).toEqual([
      200,
      'api_key',
      'third',
    ]);
    expect(await sentAfter({ auth_config: null })).toEqual([200, 'none', undefined]);
    expect((await sealedValues(workspaceId)).filter((value) => value !== null)).toEqual([]);
    expect((await program.on(id, 'GET')).body.data.config).toEqual({
      name: 'Renamed',
      server_url: url,
      transport: 'streamable_http',
      auth_type: 'none',
    });
  });

  it('sends no secret to another host than it was given for', async () => {
    const id = await team.program.make({ auth_type: 'bearer', auth_config: { token: 'stays-home' } });
    const moved = { server_url: 'https://elsewhere.example.com/mcp' };
    const refused = await team.program.on(id, 'PATCH', '', moved);
    expect([refused.status, refused.body.code]).toEqual([400, 'validation_error']);
    expect(refused.body.message).toEqual([
      'auth_config: must be sent again, since server_url goes to another host; null clears it',
    ]);
    expect((await team.program.on(id, 'PATCH', '', { server_url: 'https://mcp.example.com/v2' })).status).toBe(200);
    const again = await team.program.on(id, 'PATCH', '', { ...moved, auth_config: { token: 'new-home' } });
    expect([again.status, again.body.data.config.server_url]).toEqual([200, moved.server_url]);
  });

  it.each([
    ['a binding of its agent', 'binding'],
    ['a binding of another agent', 'colleague'],
    ['a reference among its settings', 'reference'],
    ['an escaped reference among its settings', 'escaped'],
    ['a sealed value among its settings', 'sealed'],
  ] as const)('is not moved to another host while %s has a credential sent to it', async (_case, how) => {
    const { program, owner, workspaceId, agentId } = await consoleTeam(test);
    const id = await program.make();
    const credentialId = await test.seed.credential(workspaceId, { name: 'shared' });
    const value = {
      reference: '{{credential:shared}}',
      escaped: '\\u007b\\u007Bcredential:shared}}',
      sealed: 'literal',
    };
    if (how === 'binding') {
      const where = { agentId, workspaceIntegrationId: id };
      await test.prisma.client.agentBinding.updateMany({ where, data: { credentialId } });
    } else if (how === 'colleague') {
      const colleague = await test.seed.agent(workspaceId);
      await test.seed.binding(workspaceId, colleague, { workspaceIntegrationId: id }, { credentialId });
    } else {
      const changed = await test.as(owner).PATCH('/api/v1/integrations/{integrationId}', {
        params: { path: { integrationId: id } },
        body: { config_json: `{"headers":{"X-Api-Token":"${value[how]}"}}` },
      });
      expect(changed.response.status).toBe(200);
    }
    const moved = await program.on(id, 'PATCH', '', { server_url: 'https://elsewhere.example.com/mcp' });
    expect([moved.status, moved.body.code]).toEqual([400, 'validation_error']);
    const stays = await program.on(id, 'PATCH', '', { server_url: 'https://mcp.example.com/v2' });
    expect([stays.status, stays.body.data.config.server_url]).toEqual([200, 'https://mcp.example.com/v2']);
  });

  it.each([
    [{ auth_type: 'basic' }, ['auth_config.username: is required', 'auth_config.password: is required']],
    [{ auth_config: { token: 'x' } }, ['auth_config: must be absent for auth_type none']],
    [{ name: ' ' }, ['name: is required']],
    [{ server_url: 'nonsense' }, ['server_url: is not allowed: scheme "" not in [http https]']],
    [{ transport: 7 }, ['transport: must be one of streamable_http, http_sse']],
  ])('refuses the change %j', async (change, message) => {
    const id = await team.program.make();
    const { status, body } = await team.program.on(id, 'PATCH', '', change);
    expect([status, body.code, body.message]).toEqual([400, 'validation_error', message]);
  });

  it('is gone for good once deleted, with its secret and its tools', async () => {
    const { program, workspaceId } = await consoleTeam(test);
    const { url } = await listeners.listen(streamable2025().listener);
    const id = await program.make({ server_url: url, auth_type: 'bearer', auth_config: { token: 'wiped' } });
    await program.on(id, 'POST', '/discover');
    expect((await sealedValues(workspaceId)).length).toBe(1);
    const deleted = await program.on(id, 'DELETE');
    expect([deleted.status, deleted.body]).toEqual([200, { message: 'Success', data: null }]);
    expect(await sealedValues(workspaceId)).toEqual([null]);
    for (const [method, path] of [
      ['DELETE', ''],
      ['GET', ''],
      ['GET', '/tools'],
      ['POST', '/test'],
      ['POST', '/discover'],
    ] as const) {
      const { request_id: _, ...body } = (await program.on(id, method, path)).body;
      expect(body).toEqual(notFound);
    }
    for (const path of ['/integrations', '/integrations/mcp_server', '/actions']) {
      expect((await program.call('GET', path)).body).toEqual({ message: 'Success', data: [] });
    }
  });

  it('is deleted by one of many at once, and by nobody twice', async () => {
    const id = await team.program.make();
    const statuses = (await Promise.all(Array.from({ length: 6 }, () => team.program.on(id, 'DELETE')))).map(
      ({ status }) => status,
    );
    expect(statuses.sort()).toEqual([200, 404, 404, 404, 404, 404]);
  });

  it('does not exist for other agents and other teams', async () => {
    const id = await team.program.make();
    const colleague = await test.seed.agent(team.workspaceId, { workflowId: 'w' });
    const foreign = (await consoleTeam(test)).program;
    const beside = new ConsoleProgram(test, team.program.key, colleague);
    const intruder = new ConsoleProgram(test, foreign.key, team.agentId);
    for (const [program, message] of [
      [beside, 'Integration not found'],
      [foreign, 'Integration not found'],
      [intruder, 'Agent not found'],
    ] as const) {
      for (const method of ['GET', 'PATCH', 'DELETE']) {
        const { status, body } = await program.on(id, method, '', method === 'PATCH' ? { name: 'Mine' } : undefined);
        expect([status, body.code, body.message]).toEqual([404, 'not_found', message]);
      }
    }
    expect((await team.program.on(id, 'GET')).body.data.config.name).toBe('A server');
  });

  it('is told from a server that the agent has from elsewhere', async () => {
    const other = await test.seed.integration(team.workspaceId);
    expect((await team.program.on(other, 'GET')).body.message).toBe('Integration not found');
    await test.seed.binding(team.workspaceId, team.agentId, { workspaceIntegrationId: other });
    for (const [method, path] of [
      ['GET', ''],
      ['GET', '/tools'],
      ['DELETE', ''],
      ['POST', '/discover'],
    ] as const) {
      const { request_id: _, ...body } = (await team.program.on(other, method, path)).body;
      expect(body).toEqual({
        message: 'Integration type does not match this endpoint',
        error: 'Bad Request',
        code: 'bad_request',
        statusCode: 400,
      });
    }
  });

  it('is gone from the console when an administrator removes the server', async () => {
    const { program, owner } = await consoleTeam(test);
    const id = await program.make();
    await test.as(owner).DELETE('/api/v1/integrations/{integrationId}', { params: { path: { integrationId: id } } });
    expect((await program.on(id, 'GET')).status).toBe(404);
    expect((await program.call('GET', '/integrations')).body).toEqual({ message: 'Success', data: [] });
  });

  it('goes with its agent, secret and all', async () => {
    const { program, owner, workspaceId, agentId } = await consoleTeam(test, 1);
    const id = await program.make({ auth_type: 'bearer', auth_config: { token: 'of-the-agent' } });
    await test.as(owner).DELETE('/api/v1/agents/{agentId}', { params: { path: { agentId } } });
    expect((await program.on(id, 'GET')).body.message).toBe('Agent not found');
    expect(await sealedValues(workspaceId)).toEqual([null]);
    expect(await test.prisma.client.workspaceIntegration.count({ where: { workspaceId } })).toBe(0);
    const next = await test.seed.agent(workspaceId, { workflowId: 'w' });
    await new ConsoleProgram(test, program.key, next).make();
  });

  it('is changed and deleted once under one Idempotency-Key', async () => {
    const id = await team.program.make();
    const path = `/integrations/mcp_server/${id}`;
    const send = (method: string, key: string, json?: unknown) =>
      team.program.call(method, path, { json, headers: { 'Idempotency-Key': key } });
    const renamed = await send('PATCH', 'rename', { name: 'Once' });
    await team.program.on(id, 'PATCH', '', { name: 'Later' });
    expect((await send('PATCH', 'rename', { name: 'Once' })).body).toEqual(renamed.body);
    expect((await team.program.on(id, 'GET')).body.data.config.name).toBe('Later');
    expect((await send('PATCH', 'rename', { name: 'Other' })).body.code).toBe('conflict');
    const deleted = await send('DELETE', 'remove');
    const again = await send('DELETE', 'remove');
    expect([deleted.status, again.status, again.headers.get('idempotency-replayed')]).toEqual([200, 200, 'true']);
    expect((await send('DELETE', 'another')).status).toBe(404);
  });

  it('shows its secret nowhere: no answer, log line, audit row or column', async () => {
    const { program, owner, workspaceId } = await consoleTeam(test);
    const canaries = ['canary-console-1', 'canary-console-2', 'canary-console-3', 'canary-console-4'];
    const [bearer, basic, key, custom] = canaries;
    const answers = [
      await program.configure({
        name: 'a',
        server_url: 'https://mcp.example.com/a',
        auth_type: 'bearer',
        auth_config: { token: bearer },
      }),
    ];
    const id = answers[0]?.body.data.id ?? '';
    for (const change of [
      { auth_type: 'basic', auth_config: { username: 'u', password: basic } },
      { auth_type: 'api_key', auth_config: { api_key: key } },
      { auth_type: 'custom', auth_config: { header_name: 'X-Custom', token: custom } },
      { auth_type: 'custom', auth_config: { header_name: 'Host', token: custom } },
    ]) {
      answers.push(await program.on(id, 'PATCH', '', change));
    }
    answers.push(
      await program.on(id, 'GET'),
      await program.call('GET', '/integrations'),
      await program.on(id, 'POST', '/test'),
    );
    const path = `/api/v1/agents/${program.agentId}/integrations/resolved?workspace_id=${workspaceId}`;
    const seen = [
      ...answers.map(({ text }) => text),
      await (await test.call(path, { token: owner.token })).text(),
      ...test.logs,
      ...(await dump(test)),
    ].join('\n');
    expect(seen).toContain(id);
    for (const canary of canaries) {
      expect(seen).not.toContain(canary);
      expect(seen).not.toContain(btoa(`u:${canary}`));
    }
  });
});

/** Every row of every table, as JSON. */
async function dump({ prisma }: TestApp): Promise<string[]> {
  const tables = await prisma.client.$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`;
  const rows = await Promise.all(
    tables.map(({ name }) =>
      prisma.client.$queryRawUnsafe<{ row: string }[]>(`SELECT to_jsonb(t)::text AS row FROM "${name}" t`),
    ),
  );
  return rows.flat().map(({ row }) => row);
}
