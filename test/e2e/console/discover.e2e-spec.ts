import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '#testing';
import { listing, reply } from '../../../libs/mcp-client/src/hostile-server.fixture.js';
import { sse2024 } from '../../../libs/mcp-client/src/mcp-servers.fixture.js';
import type { OfferedTool } from './console.fixture.js';
import { Discoveries } from './discoveries.fixture.js';

const connectionFailed = {
  message: 'Connection failed',
  error: 'Bad Request',
  code: 'integration_connection_failed',
  statusCode: 400,
};

describe('what an MCP server of the console offers', () => {
  let test: TestApp;
  let stage: Discoveries;

  beforeAll(async () => {
    test = await startTestApp({ env: { EGRESS_ALLOW: '127.0.0.1', CREWSHIP_RATELIMIT_DISABLED: 'true' } });
    stage = new Discoveries(test);
  });
  afterEach(() => stage.listeners.close());
  afterAll(() => test.close());

  const resolvedTools = async (id: string) => {
    const path = `/api/v1/agents/${stage.team.agentId}/integrations/resolved?workspace_id=${stage.team.workspaceId}`;
    const answer = (await (await test.call(path, { token: stage.team.owner.token })).json()) as {
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
    const id = await stage.serving(tools);
    expect((await stage.team.program.on(id, 'POST', '/test')).body.data).toEqual({
      success: true,
      message: 'Connected',
      tools_count: 2,
    });
    expect(await stage.toolsOf(id)).toEqual([]);
    expect(await resolvedTools(id)).toBeNull();
    expect(await stage.discover(id)).toEqual({ discovered: 2, created: 2, updated: 0, disabled: 0 });
    const [create, search] = await stage.toolsOf(id);
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
    const id = await stage.serving(tools);
    await stage.discover(id);
    expect(await stage.discover(id)).toEqual({ discovered: 4, created: 0, updated: 0, disabled: 0 });
    const off = (await stage.toolsOf(id)).find(({ action_name }) => action_name === 'off');
    await stage.team.program.call('POST', '/actions/disable', { json: { action_ids: [off?.id] } });

    tools.delete('lost');
    tools.set('changed', { argument: 'another' });
    tools.set('off', { description: 'Described now' });
    tools.set('new', {});
    expect(await stage.discover(id)).toEqual({ discovered: 4, created: 1, updated: 2, disabled: 1 });
    expect(await stage.enabledOf(id)).toEqual({ changed: true, kept: true, lost: false, new: true, off: false });
    expect(await resolvedTools(id)).toEqual(['changed', 'kept', 'new']);
    expect(await stage.discover(id)).toEqual({ discovered: 4, created: 0, updated: 0, disabled: 0 });

    tools.set('lost', {});
    expect(await stage.discover(id)).toEqual({ discovered: 5, created: 0, updated: 1, disabled: 0 });
    expect((await stage.enabledOf(id)).lost).toBe(true);
  });

  it('stays off while it is missing, and comes back as it was switched last', async () => {
    const tools = new Map<string, OfferedTool>([
      ['a', {}],
      ['b', {}],
    ]);
    const id = await stage.serving(tools);
    await stage.discover(id);
    const ids = new Map((await stage.toolsOf(id)).map((tool) => [tool.action_name, tool.id]));
    await stage.team.program.call('POST', '/actions/disable', { json: { action_ids: [ids.get('b')] } });
    tools.clear();
    expect((await stage.discover(id)).disabled).toBe(2);
    const enabled = await stage.team.program.call('POST', '/actions/enable', { json: { action_ids: [ids.get('b')] } });
    const disabled = await stage.team.program.call('POST', '/actions/disable', {
      json: { action_ids: [ids.get('a')] },
    });
    expect([enabled.body.data, disabled.body.data]).toEqual([{ updated_count: 1 }, { updated_count: 1 }]);
    expect(await stage.enabledOf(id)).toEqual({ a: false, b: false });
    expect(await resolvedTools(id)).toEqual([]);
    tools.set('a', {}).set('b', {});
    await stage.discover(id);
    expect(await stage.enabledOf(id)).toEqual({ a: false, b: true });
  });

  it('is the same with every discovery, also where its words are cut off', async () => {
    const id = await stage.serving(new Map([['search', { title: '🧭'.repeat(200), description: '🧭'.repeat(501) }]]));
    await stage.discover(id);
    expect(await stage.discover(id)).toEqual({ discovered: 1, created: 0, updated: 0, disabled: 0 });
    const [tool] = (await stage.team.program.on(id, 'GET', '/tools')).text.match(/🧭+…/gu) ?? [];
    expect(tool).toBe(`${'🧭'.repeat(99)}…`);
  });

  it('is found in an answer of nearly 5 MiB, and not in one of more', async () => {
    const found = async (mebibytes: number) => {
      await stage.newTeam();
      const description = 'x'.repeat(1_048_576);
      const tools = Array.from({ length: mebibytes }, (_, n) => ({
        name: `tool-${n}`,
        description,
        inputSchema: { type: 'object' },
      }));
      tools.push({ name: 'last', description: 'x'.repeat(900_000), inputSchema: { type: 'object' } });
      const { url } = await stage.listeners.listen(listing(() => ({ result: { tools } })));
      return stage.team.program.on(await stage.team.program.make({ server_url: url }), 'POST', '/discover');
    };
    expect((await found(4)).body.data).toMatchObject({ discovered: 5, created: 5 });
    expect((await found(5)).body.code).toBe('integration_connection_failed');
  });

  it('is connected to by the settings of now: a change forgets how the last connection ended', async () => {
    const id = await stage.serving(new Map([['search', {}]]));
    const connection = async () => {
      const [shown] = (await stage.team.program.call('GET', '/integrations')).list;
      return [shown?.status, shown?.is_connected];
    };
    await stage.discover(id);
    const noted = await test.prisma.client.consoleIntegration.findUnique({ where: { id } });
    expect(noted?.lastDiscoveredAt).toEqual(test.clock.now());
    await stage.team.program.on(id, 'PATCH', '', { name: 'Renamed' });
    expect(await connection()).toEqual(['enabled', true]);
    const hangsUp = await stage.listeners.listen((_, response) => void response.destroy());
    await stage.team.program.on(id, 'PATCH', '', { server_url: hangsUp.url });
    expect(await connection()).toEqual(['enabled', false]);
    await stage.team.program.on(id, 'POST', '/test');
    expect(await connection()).toEqual(['error', false]);
    await stage.team.program.on(id, 'PATCH', '', { auth_type: 'bearer', auth_config: { token: 'the-right-one' } });
    expect(await connection()).toEqual(['enabled', false]);
  });

  it('is found over the transport of 2024 too', async () => {
    await stage.newTeam();
    const { url } = await stage.listeners.listen(sse2024());
    const id = await stage.team.program.make({ server_url: url, transport: 'http_sse' });
    expect((await stage.team.program.on(id, 'GET')).body.data.config.transport).toBe('http_sse');
    expect((await stage.team.program.on(id, 'POST', '/test')).body.data).toMatchObject({
      success: true,
      tools_count: 2,
    });
    expect(await stage.discover(id)).toEqual({ discovered: 2, created: 2, updated: 0, disabled: 0 });
    const tested = await test
      .as(stage.team.owner)
      .POST('/api/v1/integrations/{integrationId}/test', { params: { path: { integrationId: id } } });
    expect(tested.data).toMatchObject({ status: 'ok', tools_count: 2 });
    const changed = await stage.team.program.on(id, 'PATCH', '', { transport: 'streamable_http' });
    expect(changed.body.data.config.transport).toBe('streamable_http');
  });

  it.each([
    ['refuses connections', () => (_: unknown, response: { destroy(): void }) => response.destroy()],
    ['wants other credentials', () => (_: unknown, response: never) => reply(response, {}, 401)],
    ['fails', () => (_: unknown, response: never) => reply(response, { secret: 'upstream words' }, 500)],
  ] as const)('cannot be found at a server that %s, and nothing changes', async (_case, handler) => {
    const tools = new Map<string, OfferedTool>([['search', {}]]);
    const id = await stage.serving(tools);
    await stage.discover(id);
    const broken = await stage.listeners.listen(handler() as never);
    await stage.team.program.on(id, 'PATCH', '', { server_url: broken.url });
    for (const operation of ['/test', '/discover']) {
      const { status, body, text } = await stage.team.program.on(id, 'POST', operation);
      const { request_id: _id, ...error } = body;
      expect([status, error]).toEqual([400, connectionFailed]);
      expect(text).not.toContain('upstream words');
    }
    expect(await stage.enabledOf(id)).toEqual({ search: true });
    const [integration] = (await stage.team.program.call('GET', '/integrations')).list;
    expect([integration?.status, integration?.is_connected]).toEqual(['error', false]);
  });

  it('is unknown where a server opens a session and cannot list: a finding of the test, a failure of the discovery', async () => {
    await stage.newTeam();
    const { url } = await stage.listeners.listen(
      listing(() => ({ error: { code: -32000, message: 'no tools today' } })),
    );
    const id = await stage.team.program.make({ server_url: url });
    const { status, body } = await stage.team.program.on(id, 'POST', '/test');
    expect([status, body.data]).toEqual([
      200,
      {
        success: false,
        message: 'Connected, but the tools could not be listed',
        error: 'Server answered with an error of its own',
      },
    ]);
    expect((await stage.team.program.on(id, 'POST', '/discover')).body.code).toBe('integration_connection_failed');
  });

  it('is listed for the whole agent with where it comes from', async () => {
    const id = await stage.serving(new Map([['search', { title: 'Search' }]]));
    await stage.discover(id);
    const [tool] = await stage.toolsOf(id);
    expect((await stage.team.program.call('GET', '/actions')).body.data).toEqual([
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
    const [entry] = (await stage.team.program.call('GET', '/integrations')).list;
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
    const first = await stage.serving(new Map([['one', {}]]));
    await stage.discover(first);
    const theirs = (await stage.toolsOf(first))[0]?.id;
    const mine = await stage.serving(
      new Map([
        ['two', {}],
        ['three', {}],
      ]),
    );
    await stage.discover(mine);
    const ids = (await stage.toolsOf(mine)).map((tool) => tool.id);
    const answer = await stage.team.program.call('POST', '/actions/disable', {
      json: { action_ids: [...ids, ids[0], theirs, 'nothing'] },
    });
    expect(answer.body).toEqual({ message: 'Success', data: { updated_count: 2 } });
    const where = { workspaceId: stage.team.workspaceId, action: 'tool_binding.update' };
    const [logged] = await test.prisma.client.auditLog.findMany({ where, select: { metadata: true } });
    expect(logged?.metadata).toMatchObject({ count: 2, ids: expect.arrayContaining(ids) });
    expect(JSON.stringify(logged)).not.toContain('nothing');
    expect(await stage.enabledOf(mine)).toEqual({ two: false, three: false });
    expect(await resolvedTools(mine)).toEqual([]);
    const row = await test.prisma.client.toolBinding.findUnique({ where: { id: theirs ?? '' } });
    expect(row?.enabled).toBe(true);
    await stage.team.program.call('POST', '/actions/enable', { json: { action_ids: ids } });
    expect(await resolvedTools(mine)).toEqual(['three', 'two']);
    const faulty = await stage.team.program.call('POST', '/actions/enable', { json: {} });
    expect([faulty.status, faulty.body.message]).toEqual([400, ['action_ids: is required']]);
  });
});
