import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '#testing';
import { listing, reply } from '../../../libs/mcp-client/src/hostile-server.fixture.js';
import { sse2024 } from '../../../libs/mcp-client/src/mcp-servers.fixture.js';
import { changingServer, consoleTeam, Listeners, type OfferedTool } from './console.fixture.js';

const connectionFailed = {
  message: 'Connection failed',
  error: 'Bad Request',
  code: 'integration_connection_failed',
  statusCode: 400,
};

describe('what an MCP server of the console offers', () => {
  let test: TestApp;
  let team: Awaited<ReturnType<typeof consoleTeam>>;
  const listeners = new Listeners();

  beforeAll(async () => {
    test = await startTestApp({ env: { EGRESS_ALLOW: '127.0.0.1', CREWSHIP_RATELIMIT_DISABLED: 'true' } });
  });
  afterEach(() => listeners.close());
  afterAll(() => test.close());

  async function serving(tools: Map<string, OfferedTool>) {
    team = await consoleTeam(test);
    const { url } = await listeners.listen(changingServer(tools));
    return team.program.make({ name: 'Changing', server_url: url });
  }
  const discover = async (id: string) => (await team.program.on(id, 'POST', '/discover')).body.data;
  const toolsOf = async (id: string) => (await team.program.on(id, 'GET', '/tools')).list;
  const enabledOf = async (id: string) =>
    Object.fromEntries((await toolsOf(id)).map(({ action_name, is_enabled }) => [action_name, is_enabled]));
  const resolvedTools = async (id: string) => {
    const path = `/api/v1/agents/${team.agentId}/integrations/resolved?workspace_id=${team.workspaceId}`;
    const answer = (await (await test.call(path, { token: team.owner.token })).json()) as {
      server_id: string;
      tools: string[] | null;
    }[];
    return answer.find((server) => server.server_id === id)?.tools;
  };

  it('is recorded by a discovery, and by nothing else', async () => {
    const tools = new Map<string, OfferedTool>([
      ['search', { title: 'Search', description: 'Finds things' }],
      ['create', {}],
    ]);
    const id = await serving(tools);
    expect((await team.program.on(id, 'POST', '/test')).body.data).toEqual({
      success: true,
      message: 'Connected',
      tools_count: 2,
    });
    expect(await toolsOf(id)).toEqual([]);
    expect(await resolvedTools(id)).toBeNull();
    expect(await discover(id)).toEqual({ discovered: 2, created: 2, updated: 0, disabled: 0 });
    const [create, search] = await toolsOf(id);
    expect([create, search]).toEqual([
      { id: create?.id, action_name: 'create', name: 'create', description: null, category: 'mcp', is_enabled: true },
      {
        id: search?.id,
        action_name: 'search',
        name: 'Search',
        description: 'Finds things',
        category: 'mcp',
        is_enabled: true,
      },
    ]);
    expect(await resolvedTools(id)).toEqual(['create', 'search']);
  });

  it('is counted as new, changed or missing once, and keeps the switches that people set', async () => {
    const tools = new Map<string, OfferedTool>([
      ['kept', {}],
      ['changed', {}],
      ['lost', {}],
      ['off', {}],
    ]);
    const id = await serving(tools);
    await discover(id);
    expect(await discover(id)).toEqual({ discovered: 4, created: 0, updated: 0, disabled: 0 });
    const off = (await toolsOf(id)).find(({ action_name }) => action_name === 'off');
    await team.program.call('POST', '/actions/disable', { json: { action_ids: [off?.id] } });

    tools.delete('lost');
    tools.set('changed', { argument: 'another' });
    tools.set('off', { description: 'Described now' });
    tools.set('new', {});
    expect(await discover(id)).toEqual({ discovered: 4, created: 1, updated: 2, disabled: 1 });
    expect(await enabledOf(id)).toEqual({ changed: true, kept: true, lost: false, new: true, off: false });
    expect(await resolvedTools(id)).toEqual(['changed', 'kept', 'new']);
    expect(await discover(id)).toEqual({ discovered: 4, created: 0, updated: 0, disabled: 0 });

    tools.set('lost', {});
    expect(await discover(id)).toEqual({ discovered: 5, created: 0, updated: 1, disabled: 0 });
    expect((await enabledOf(id)).lost).toBe(true);
  });

  it('stays off while it is missing, and comes back as it was switched last', async () => {
    const tools = new Map<string, OfferedTool>([
      ['a', {}],
      ['b', {}],
    ]);
    const id = await serving(tools);
    await discover(id);
    const ids = new Map((await toolsOf(id)).map((tool) => [tool.action_name, tool.id]));
    await team.program.call('POST', '/actions/disable', { json: { action_ids: [ids.get('b')] } });
    tools.clear();
    expect((await discover(id)).disabled).toBe(2);
    const enabled = await team.program.call('POST', '/actions/enable', { json: { action_ids: [ids.get('b')] } });
    const disabled = await team.program.call('POST', '/actions/disable', { json: { action_ids: [ids.get('a')] } });
    expect([enabled.body.data, disabled.body.data]).toEqual([{ updated_count: 1 }, { updated_count: 1 }]);
    expect(await enabledOf(id)).toEqual({ a: false, b: false });
    expect(await resolvedTools(id)).toEqual([]);
    tools.set('a', {}).set('b', {});
    await discover(id);
    expect(await enabledOf(id)).toEqual({ a: false, b: true });
  });

  it('is the same with every discovery, also where its words are cut off', async () => {
    const id = await serving(new Map([['search', { title: '🧭'.repeat(200), description: '🧭'.repeat(501) }]]));
    await discover(id);
    expect(await discover(id)).toEqual({ discovered: 1, created: 0, updated: 0, disabled: 0 });
    const [tool] = (await team.program.on(id, 'GET', '/tools')).text.match(/🧭+…/gu) ?? [];
    expect(tool).toBe(`${'🧭'.repeat(99)}…`);
  });

  it('is connected to by the settings of now: a change forgets how the last connection ended', async () => {
    const id = await serving(new Map([['search', {}]]));
    const connection = async () => {
      const [shown] = (await team.program.call('GET', '/integrations')).list;
      return [shown?.status, shown?.is_connected];
    };
    await discover(id);
    const noted = await test.prisma.client.consoleIntegration.findUnique({ where: { id } });
    expect(noted?.lastDiscoveredAt).toEqual(test.clock.now());
    await team.program.on(id, 'PATCH', '', { name: 'Renamed' });
    expect(await connection()).toEqual(['enabled', true]);
    const hangsUp = await listeners.listen((_, response) => void response.destroy());
    await team.program.on(id, 'PATCH', '', { server_url: hangsUp.url });
    expect(await connection()).toEqual(['enabled', false]);
    await team.program.on(id, 'POST', '/test');
    expect(await connection()).toEqual(['error', false]);
    await team.program.on(id, 'PATCH', '', { auth_type: 'bearer', auth_config: { token: 'the-right-one' } });
    expect(await connection()).toEqual(['enabled', false]);
  });

  it('is found over the transport of 2024 too', async () => {
    team = await consoleTeam(test);
    const { url } = await listeners.listen(sse2024());
    const id = await team.program.make({ server_url: url, transport: 'http_sse' });
    expect((await team.program.on(id, 'GET')).body.data.config.transport).toBe('http_sse');
    expect((await team.program.on(id, 'POST', '/test')).body.data).toMatchObject({ success: true, tools_count: 2 });
    expect(await discover(id)).toEqual({ discovered: 2, created: 2, updated: 0, disabled: 0 });
    const tested = await test
      .as(team.owner)
      .POST('/api/v1/integrations/{integrationId}/test', { params: { path: { integrationId: id } } });
    expect(tested.data).toMatchObject({ status: 'ok', tools_count: 2 });
    const changed = await team.program.on(id, 'PATCH', '', { transport: 'streamable_http' });
    expect(changed.body.data.config.transport).toBe('streamable_http');
  });

  it.each([
    ['refuses connections', () => (_: unknown, response: { destroy(): void }) => response.destroy()],
    ['wants other credentials', () => (_: unknown, response: never) => reply(response, {}, 401)],
    ['fails', () => (_: unknown, response: never) => reply(response, { secret: 'upstream words' }, 500)],
  ] as const)('cannot be found at a server that %s, and nothing changes', async (_case, handler) => {
    const tools = new Map<string, OfferedTool>([['search', {}]]);
    const id = await serving(tools);
    await discover(id);
    const broken = await listeners.listen(handler() as never);
    await team.program.on(id, 'PATCH', '', { server_url: broken.url });
    for (const operation of ['/test', '/discover']) {
      const { status, body, text } = await team.program.on(id, 'POST', operation);
      const { request_id: _id, ...error } = body;
      expect([status, error]).toEqual([400, connectionFailed]);
      expect(text).not.toContain('upstream words');
    }
    expect(await enabledOf(id)).toEqual({ search: true });
    const [integration] = (await team.program.call('GET', '/integrations')).list;
    expect([integration?.status, integration?.is_connected]).toEqual(['error', false]);
  });

  it('is unknown where a server opens a session and cannot list: a finding of the test, a failure of the discovery', async () => {
    team = await consoleTeam(test);
    const { url } = await listeners.listen(listing(() => ({ error: { code: -32000, message: 'no tools today' } })));
    const id = await team.program.make({ server_url: url });
    const { status, body } = await team.program.on(id, 'POST', '/test');
    expect([status, body.data]).toEqual([
      200,
      {
        success: false,
        message: 'Connected, but the tools could not be listed',
        error: 'Server answered with an error of its own',
      },
    ]);
    expect((await team.program.on(id, 'POST', '/discover')).body.code).toBe('integration_connection_failed');
  });

  it('is listed for the whole agent with where it comes from', async () => {
    const id = await serving(new Map([['search', { title: 'Search' }]]));
    await discover(id);
    const [tool] = await toolsOf(id);
    expect((await team.program.call('GET', '/actions')).body.data).toEqual([
      {
        id: tool?.id,
        integration_id: id,
        integration_type: 'mcp_server',
        integration_name: 'Changing',
        name: 'Search',
        action_name: 'search',
        description: null,
        is_enabled: true,
      },
    ]);
    const [entry] = (await team.program.call('GET', '/integrations')).list;
    const { config_fields: fields = [], ...integration } = entry ?? {};
    expect(integration).toEqual({
      id,
      type: 'mcp_server',
      name: 'Changing',
      status: 'enabled',
      is_connected: true,
      actions: [
        {
          action_name: 'search',
          name: 'Search',
          description: null,
          category: 'mcp',
          is_enabled: true,
          require_human_approval: false,
        },
      ],
    });
    expect(fields.map(({ key }) => key)).toEqual(['name', 'server_url', 'transport', 'auth_type', 'auth_config']);
  });

  it('is switched by its own agent only; other ids are passed over', async () => {
    const first = await serving(new Map([['one', {}]]));
    await discover(first);
    const theirs = (await toolsOf(first))[0]?.id;
    const mine = await serving(
      new Map([
        ['two', {}],
        ['three', {}],
      ]),
    );
    await discover(mine);
    const ids = (await toolsOf(mine)).map((tool) => tool.id);
    const answer = await team.program.call('POST', '/actions/disable', {
      json: { action_ids: [...ids, ids[0], theirs, 'nothing'] },
    });
    expect(answer.body).toEqual({ message: 'Success', data: { updated_count: 2 } });
    const where = { workspaceId: team.workspaceId, action: 'tool_binding.update' };
    const [logged] = await test.prisma.client.auditLog.findMany({ where, select: { metadata: true } });
    expect(logged?.metadata).toMatchObject({ count: 2, ids: expect.arrayContaining(ids) });
    expect(JSON.stringify(logged)).not.toContain('nothing');
    expect(await enabledOf(mine)).toEqual({ two: false, three: false });
    expect(await resolvedTools(mine)).toEqual([]);
    const row = await test.prisma.client.toolBinding.findUnique({ where: { id: theirs ?? '' } });
    expect(row?.enabled).toBe(true);
    await team.program.call('POST', '/actions/enable', { json: { action_ids: ids } });
    expect(await resolvedTools(mine)).toEqual(['three', 'two']);
    const faulty = await team.program.call('POST', '/actions/enable', { json: {} });
    expect([faulty.status, faulty.body.message]).toEqual([400, ['action_ids: is required']]);
  });
});
