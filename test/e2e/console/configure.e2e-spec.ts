import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '#testing';
import { ConsoleProgram, consoleTeam } from './console.fixture.js';

const limitReached = {
  message: 'Integration limit reached for your plan. Please upgrade to add more integrations.',
  error: 'Conflict',
  code: 'integration_limit_reached',
  statusCode: 409,
};
const minimal = { name: 'mrguild.com', server_url: 'https://mrguild.com/api/mcp' };

describe('configuring an MCP server in the console', () => {
  let test: TestApp;
  let team: Awaited<ReturnType<typeof consoleTeam>>;

  beforeAll(async () => {
    test = await startTestApp({ env: { CREWSHIP_RATELIMIT_DISABLED: 'true' } });
    team = await consoleTeam(test);
  });
  afterAll(() => test.close());

  it('answers the documented body, byte for byte but the id', async () => {
    const { status, body } = await team.program.configure(minimal);
    expect(status).toBe(201);
    expect(body).toEqual({
      message: 'Success',
      data: {
        id: body.data.id,
        config: {
          name: 'mrguild.com',
          server_url: 'https://mrguild.com/api/mcp',
          transport: 'streamable_http',
          auth_type: 'none',
        },
      },
    });
  });

  it('makes another one with every call, also of the same name', async () => {
    const ids = [await team.program.make(minimal), await team.program.make(minimal)];
    const listed = (await team.program.call('GET', '/integrations/mcp_server')).list;
    expect(listed.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
    expect(new Set(ids).size).toBe(2);
  });

  it('makes a server that this agent has and no other', async () => {
    const id = await team.program.make({ auth_type: 'bearer', auth_config: { token: 'canary-resolved' } });
    const colleague = await test.seed.agent(team.workspaceId);
    const resolved = async (agentId: string): Promise<string> => {
      const path = `/api/v1/agents/${agentId}/integrations/resolved?workspace_id=${team.workspaceId}`;
      return (await test.call(path, { token: team.owner.token })).text();
    };
    expect(await resolved(team.agentId)).toContain(id);
    expect(await resolved(colleague)).not.toContain(id);
  });

  it.each([
    [{}, ['name: is required', 'server_url: is required']],
    [{ ...minimal, name: '   ' }, ['name: is required']],
    [{ ...minimal, name: 'x'.repeat(256) }, ['name: must be at most 255 characters long']],
    [{ ...minimal, server_url: 'ftp://mrguild.com' }, ['server_url: is not allowed: scheme "ftp" not in [http https]']],
    [{ ...minimal, server_url: 'http://mrguild.com/mcp' }, ['server_url: must be an https URL']],
    [
      { ...minimal, server_url: 'https://a:b@mrguild.com' },
      ['server_url: is not allowed: userinfo not allowed in outbound URL'],
    ],
    [{ ...minimal, server_url: 'https://mrguild.com/#a' }, ['server_url: must not have a fragment']],
    [{ ...minimal, server_url: 'https://mrguild.com/{{credential:x}}' }, ['server_url: must not contain references']],
    [{ ...minimal, transport: 'stdio' }, ['transport: must be one of streamable_http, http_sse']],
    [{ ...minimal, auth_type: 'oauth' }, ['auth_type: must be one of none, bearer, basic, api_key, custom']],
    [{ ...minimal, auth_config: 'secret' }, ['auth_config: must be an object']],
    [{ ...minimal, auth_config: { token: 'x' } }, ['auth_config: must be absent for auth_type none']],
    [{ ...minimal, auth_type: 'bearer' }, ['auth_config.token: is required']],
    [{ ...minimal, auth_type: 'bearer', auth_config: { token: 7 } }, ['auth_config.token: must be a string']],
    [
      { ...minimal, auth_type: 'bearer', auth_config: { Token: 'x' } },
      ['auth_config.Token: is not known here', 'auth_config.token: is required'],
    ],
    [
      { ...minimal, auth_type: 'basic', auth_config: {} },
      ['auth_config.username: is required', 'auth_config.password: is required'],
    ],
    [
      { ...minimal, auth_type: 'custom', auth_config: { header_name: 'Mcp-Session-Id', token: 'x' } },
      ['auth_config.header_name: names a header that the client sets itself; choose another'],
    ],
    [
      { ...minimal, auth_type: 'api_key', auth_config: { header_name: 'a b', api_key: 'x' } },
      ['auth_config.header_name: is not a valid HTTP header name'],
    ],
    [
      { ...minimal, auth_type: 'bearer', auth_config: { token: 'a\r\nX-Evil: 1' } },
      ['auth_config.token: holds characters that no header may hold'],
    ],
  ])('refuses %j with all its faults', async (json, message) => {
    const { status, body, headers } = await team.program.configure(json);
    expect({ status, body }).toEqual({
      status: 400,
      body: {
        message,
        error: 'Bad Request',
        code: 'validation_error',
        statusCode: 400,
        request_id: headers.get('x-request-id'),
      },
    });
  });

  it('refuses addresses inside, whatever their spelling', async () => {
    for (const host of ['127.0.0.1', '169.254.169.254', '[::1]', '10.0.0.7', '0x7f.1', 'localhost']) {
      const { status, body } = await team.program.configure({ ...minimal, server_url: `https://${host}/mcp` });
      expect([host, status, body.code]).toEqual([host, 400, 'validation_error']);
    }
  });

  it('judges the body, then the agent, then its workflow, then the plan', async () => {
    const { program, workspaceId } = await consoleTeam(test, 0);
    const jobless = new ConsoleProgram(test, program.key, await test.seed.agent(workspaceId));
    const nobody = new ConsoleProgram(test, program.key, 'nobody');
    const outcome = async (by: ConsoleProgram, json: unknown) => {
      const { request_id: _, ...body } = (await by.configure(json)).body;
      return body;
    };
    expect(await outcome(nobody, {})).toMatchObject({ code: 'validation_error' });
    expect(await outcome(nobody, minimal)).toEqual({
      message: 'Agent not found',
      error: 'Not Found',
      code: 'not_found',
      statusCode: 404,
    });
    expect(await outcome(jobless, minimal)).toEqual({
      message: 'Agent must have a workflow before managing integrations',
      error: 'Bad Request',
      code: 'workflow_required',
      statusCode: 400,
    });
    expect(await outcome(program, minimal)).toEqual(limitReached);
  });

  it('needs a workflow that is more than a blank', async () => {
    const { program, owner } = await consoleTeam(test);
    const body = { name: 'Blank', slug: 'blank', workflow_id: '' };
    const { data } = await test.as(owner).POST('/api/v1/agents', { body });
    const blank = new ConsoleProgram(test, program.key, data?.id ?? '');
    expect((await blank.configure(minimal)).body.code).toBe('workflow_required');
  });

  it('never makes more than the plan allows, however many ask two replicas at once, and frees a place with every deletion', async () => {
    const { program, workspaceId } = await consoleTeam(test, 3);
    const replica = await startTestApp({ database: test.database, env: { CREWSHIP_RATELIMIT_DISABLED: 'true' } });
    const other = new ConsoleProgram(replica, program.key, await test.seed.agent(workspaceId, { workflowId: 'w' }));
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, turn) => (turn % 2 === 0 ? program : other).configure(minimal)),
    ).finally(() => replica.close());
    const made = answers.filter(({ status }) => status === 201);
    expect([made.length, answers.filter(({ status }) => status === 409).length]).toEqual([3, 47]);
    expect(await test.prisma.client.workspaceIntegration.count({ where: { workspaceId } })).toBe(3);
    const [first] = (await program.call('GET', '/integrations/mcp_server')).list;
    expect((await program.on(first?.id ?? '', 'DELETE')).status).toBe(200);
    const [next, further] = [await program.configure(minimal), await program.configure(minimal)];
    expect([next.status, further.status]).toEqual([201, 409]);
    const { request_id: _, ...refusal } = further.body;
    expect(refusal).toEqual(limitReached);
  });

  it('leaves nothing behind when it is refused', async () => {
    const { program, workspaceId } = await consoleTeam(test, 0);
    await program.configure({ ...minimal, auth_type: 'bearer', auth_config: { token: 'never-kept' } });
    const where = { workspaceId };
    const { client } = test.prisma;
    const rows = await Promise.all([
      client.workspaceIntegration.count({ where }),
      client.credential.count({ where }),
      client.consoleIntegration.count({ where }),
    ]);
    expect(rows).toEqual([0, 0, 0]);
  });

  it('carries out one request of several with one Idempotency-Key, and refuses the key with another body', async () => {
    const { program } = await consoleTeam(test);
    const key = { 'Idempotency-Key': 'one-server-please' };
    const first = await program.configure(minimal, key);
    const again = await program.configure(minimal, key);
    expect([first.status, again.status, again.headers.get('idempotency-replayed')]).toEqual([201, 201, 'true']);
    expect(again.body).toEqual(first.body);
    const other = await program.configure({ ...minimal, name: 'another' }, key);
    expect([other.status, other.body.code, other.body.error]).toEqual([409, 'conflict', 'Conflict']);
    expect((await program.call('GET', '/integrations/mcp_server')).list).toHaveLength(1);
  });

  it('knows an Idempotency-Key by team: another key of the team repeats, one that may not write is refused, another team makes its own', async () => {
    const { program, workspaceId, agentId } = await consoleTeam(test);
    const key = { 'Idempotency-Key': 'whole-team' };
    const first = await program.configure(minimal, key);
    const colleague = new ConsoleProgram(test, await test.seed.teamKey(workspaceId), agentId);
    const again = await colleague.configure(minimal, key);
    expect([again.status, again.text, again.headers.get('idempotency-replayed')]).toEqual([201, first.text, 'true']);
    expect((await colleague.configure({ ...minimal, name: 'another' }, key)).status).toBe(409);
    const reading = await test.seed.teamKey(workspaceId, { scopes: ['integrations:read'] });
    const refused = await new ConsoleProgram(test, reading, agentId).configure(minimal, key);
    expect([refused.status, refused.body.code]).toEqual([403, 'insufficient_scope']);
    const strangers = await consoleTeam(test);
    const theirs = await new ConsoleProgram(test, strangers.program.key, agentId).configure(minimal, key);
    expect([theirs.status, theirs.headers.get('idempotency-replayed')]).toEqual([404, null]);
    const own = await strangers.program.configure(minimal, key);
    expect([own.status, own.headers.get('idempotency-replayed')]).toEqual([201, null]);
    expect((await program.call('GET', '/integrations/mcp_server')).list).toHaveLength(1);
  });

  it('answers 409 to those who come while the first is under way, and makes one server', async () => {
    const { program } = await consoleTeam(test);
    const key = { 'Idempotency-Key': 'all-at-once' };
    const answers = await Promise.all(Array.from({ length: 6 }, () => program.configure(minimal, key)));
    expect(answers.filter(({ status }) => status !== 201 && status !== 409)).toEqual([]);
    for (const { body } of answers.filter(({ status }) => status === 409)) expect(body.code).toBe('conflict');
    expect((await program.call('GET', '/integrations/mcp_server')).list).toHaveLength(1);
  });

  it('records who made it: the key', async () => {
    const { program, workspaceId } = await consoleTeam(test);
    const id = await program.make();
    const rows = await test.prisma.client.auditLog.findMany({
      where: { workspaceId, entityId: id },
      select: { action: true, actorType: true, tokenId: true, userId: true },
    });
    const token = await test.prisma.client.workspaceToken.findFirst({ where: { workspaceId }, select: { id: true } });
    expect(rows).toEqual([{ action: 'integration.create', actorType: 'team_key', tokenId: token?.id, userId: null }]);
  });
});
