import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SeededMember } from '#testing';
import { type ComposioWorld, key, startComposioWorld } from './composio-world.fixture.js';

const otherKey = 'ak_other_project_456';

let world: ComposioWorld;
let owner: SeededMember;
let agentId: string;

beforeAll(async () => {
  world = await startComposioWorld({ keys: [otherKey] });
});
beforeEach(async () => {
  world.stub.reset();
  ({ owner, agentId } = await world.workspace());
});
afterAll(() => world.close());

const servers = () => world.stub.project(key).servers;
const bind = (json: unknown) => world.bind(owner, agentId, json);
const list = () =>
  world.call<{ bindings: Record<string, unknown>[] }>(owner, 'GET', `/agents/${agentId}/bind`).then(({ body }) => body);
const names = async () => (await world.resolved(owner, agentId)).map(({ name }) => name);

describe('binding an agent to apps', () => {
  it('makes a server with just its tools for each app, and what the agent gets reaches it with the key', async () => {
    const apps = [
      { toolkit: 'gmail', mode: 'read' },
      { toolkit: 'GitHub', mode: 'full' },
      { toolkit: 'gmail', mode: 'custom', tools: ['GMAIL_SEND_EMAIL'] },
    ];
    const { status, body } = await bind({ user_id: ' user 42 ', apps });
    const [gmail, github] = servers();
    expect([status, body]).toEqual([
      200,
      {
        agent_id: agentId,
        user_id: 'user 42',
        apps: [
          { toolkit: 'gmail', mode: 'read', endpoint: `${world.stub.url}/v3/mcp/${gmail?.id}/mcp?user_id=user+42` },
          { toolkit: 'github', mode: 'full', endpoint: `${world.stub.url}/v3/mcp/${github?.id}/mcp?user_id=user+42` },
        ],
      },
    ]);
    expect(servers().map(({ auth_config_ids, allowed_tools }) => [auth_config_ids, [...allowed_tools].sort()])).toEqual(
      [
        [['ac_gmail'], ['GMAIL_FETCH_EMAILS', 'GMAIL_GET_PROFILE', 'GMAIL_LIST_THREADS']],
        [['ac_github'], []],
      ],
    );
    expect(github?.name).toBe(`crewship-${owner.workspaceId.slice(-8)}-github-full`);
    const { mcp_servers } = await world.runtime(agentId);
    expect(mcp_servers.map(({ name, ready, headers }) => ({ name, ready, headers }))).toEqual([
      { name: `composio-${agentId}-github`, ready: true, headers: { 'x-api-key': key } },
      { name: `composio-${agentId}-gmail`, ready: true, headers: { 'x-api-key': key } },
    ]);
  });

  it('is told by GET from what was stored, and shown to people by name', async () => {
    await bind({ user_id: 'u', apps: [{ toolkit: 'gmail', mode: 'custom', tools: ['gmail_send_email', 'bogus'] }] });
    expect(await list()).toEqual({
      agent_id: agentId,
      opted_out: false,
      project_changed: false,
      bindings: [
        {
          toolkit: 'gmail',
          mode: 'custom',
          user_id: 'u',
          endpoint: `${world.stub.url}/v3/mcp/${servers()[0]?.id}/mcp?user_id=u`,
          tools: ['GMAIL_SEND_EMAIL'],
          enabled: true,
        },
      ],
    });
    const row = await world.test.prisma.client.workspaceIntegration.findFirst({
      where: { workspaceId: owner.workspaceId },
    });
    expect(row).toMatchObject({
      displayName: 'Composio: gmail · Custom 1',
      icon: 'composio',
      origin: 'composio',
      originRef: 'gmail',
      visibility: 'bound',
      locked: true,
    });
  });

  it('shows in what the agent has the tools that were chosen, without those that are switched off, and none for a whole app', async () => {
    const toolsOf = async () => (await world.resolved(owner, agentId)).map(({ tools }) => tools);
    await bind({ user_id: 'u', apps: [{ toolkit: 'gmail', mode: 'read' }, { toolkit: 'github' }] });
    expect(await toolsOf()).toEqual([null, ['GMAIL_FETCH_EMAILS', 'GMAIL_GET_PROFILE', 'GMAIL_LIST_THREADS']]);
    const apps = [{ toolkit: 'gmail', mode: 'custom', tools: ['GMAIL_SEND_EMAIL', 'GMAIL_FETCH_EMAILS'] }];
    await bind({ user_id: 'u', apps });
    expect(await toolsOf()).toEqual([['GMAIL_FETCH_EMAILS', 'GMAIL_SEND_EMAIL']]);
    const { client } = world.test.prisma;
    const { workspaceIntegrationId } = await client.composioBinding.findFirstOrThrow({ where: { agentId } });
    const at = world.test.clock.now();
    const row = { id: `t${agentId}`, toolName: 'GMAIL_SEND_EMAIL', enabled: false, createdAt: at, updatedAt: at };
    await client.toolBinding.create({ data: { ...row, workspaceId: owner.workspaceId, workspaceIntegrationId } });
    expect(await toolsOf()).toEqual([['GMAIL_FETCH_EMAILS']]);
  });

  it('again changes nothing, here or at Composio', async () => {
    const wish = { user_id: 'u', apps: [{ toolkit: 'gmail', mode: 'read' }, { toolkit: 'github' }] };
    const before = [await bind(wish), await world.resolved(owner, agentId)];
    const made = world.stub.count('mcp.create');
    expect([await bind(wish), await world.resolved(owner, agentId)]).toEqual(before);
    expect([world.stub.count('mcp.create'), world.stub.count('mcp.update')]).toEqual([made, 0]);
  });

  it('replaces what the agent had, and deletes at Composio what nobody uses any more', async () => {
    await bind({ user_id: 'u', toolkits: ['gmail', 'github'] });
    const other = await world.test.seed.agent(owner.workspaceId);
    await world.bind(owner, other, { user_id: 'u', toolkits: ['gmail'] });
    await bind({ user_id: 'u', toolkits: ['slack'] });
    expect(await names()).toEqual([`composio-${agentId}-slack`]);
    expect(
      servers()
        .map(({ auth_config_ids }) => auth_config_ids[0])
        .sort(),
    ).toEqual(['ac_gmail', 'ac_slack']);
    expect((await world.resolved(owner, other)).map(({ name }) => name)).toEqual([`composio-${other}-gmail`]);
  });

  it('binds every connected app at full where none is named, on whatever page Composio lists it', async () => {
    const { body } = await bind({ user_id: 'u' });
    expect(body.apps.map(({ toolkit, mode }) => `${toolkit}:${mode}`)).toEqual([
      'github:full',
      'gmail:full',
      'slack:full',
    ]);
  });

  it('leaves out apps that are switched off at Composio where none is named', async () => {
    const [first] = world.stub.project(key).authConfigs;
    if (first) first.status = 'DISABLED';
    const { body } = await bind({ user_id: 'u' });
    expect(body.apps.map(({ toolkit }) => toolkit)).toEqual(['gmail', 'slack']);
  });

  it('connects an app that has no auth config yet, and takes an enabled one before a disabled one', async () => {
    const project = world.stub.project(key);
    project.authConfigs = project.authConfigs.map((config) => ({ ...config, status: 'DISABLED' as const }));
    const [gmail] = project.authConfigs.filter(({ toolkit }) => toolkit.slug === 'gmail');
    if (gmail) project.authConfigs.push({ ...gmail, id: 'ac_gmail_2', status: 'ENABLED' });
    expect((await bind({ user_id: 'u', toolkits: ['linear', 'gmail'] })).status).toBe(200);
    expect(servers().map(({ auth_config_ids }) => auth_config_ids[0])).toEqual([
      expect.stringMatching(/^ac_new_/),
      'ac_gmail_2',
    ]);
  });

  it('repairs a server at Composio that serves anything else than it should', async () => {
    const wish = { user_id: 'u', apps: [{ toolkit: 'gmail', mode: 'read' }] };
    await bind(wish);
    const [server] = servers();
    if (!server) throw new Error('no server was made');
    server.allowed_tools = [];
    server.auth_config_ids = ['ac_gone'];
    expect((await bind(wish)).status).toBe(200);
    expect(servers()[0]).toMatchObject({ id: server.id, auth_config_ids: ['ac_gmail'] });
    expect(servers()[0]?.allowed_tools).toHaveLength(3);
  });

  it('reports when such a repair fails, and keeps what the agent has', async () => {
    const wish = { user_id: 'u', apps: [{ toolkit: 'gmail', mode: 'read' }] };
    await bind(wish);
    const [server] = servers();
    if (server) server.allowed_tools = [];
    world.stub.disturb('mcp.update', { status: 500, body: { message: 'broken' } });
    const { status, body } = await bind({ ...wish, user_id: 'other' });
    expect([status, body.detail]).toEqual([502, expect.stringContaining('update mcp server failed with HTTP 500')]);
    expect((await list()).bindings).toMatchObject([{ user_id: 'u' }]);
  });

  it('shows the tools that Composio took, without those that it refused', async () => {
    const apps = [{ toolkit: 'gmail', mode: 'custom', tools: ['GMAIL_SEND_EMAIL', 'GMAIL_FETCH_EMAILS'] }];
    const project = world.stub.project(key);
    const refused = 'Invalid tools provided: GMAIL_FETCH_EMAILS';
    world.stub.disturb('mcp.create', {
      status: 400,
      body: { error: { message: refused, slug: 'MCP_InvalidToolsProvided' } },
    });
    await bind({ user_id: 'u', apps });
    expect(project.servers.map(({ allowed_tools }) => allowed_tools)).toEqual([['GMAIL_SEND_EMAIL']]);
    expect((await list()).bindings).toMatchObject([{ tools: ['GMAIL_SEND_EMAIL'] }]);
  });

  it('never lets two choices of tools share one name', async () => {
    await bind({ user_id: 'u', apps: [{ toolkit: 'gmail', mode: 'custom', tools: ['GMAIL_SEND_EMAIL'] }] });
    const row = await world.test.prisma.client.composioServer.findFirstOrThrow({
      where: { workspaceId: owner.workspaceId },
    });
    // As if another choice had the same hash.
    const wantedTools = ['GMAIL_FETCH_EMAILS'];
    await world.test.prisma.client.composioServer.update({ where: { id: row.id }, data: { wantedTools } });
    const other = await world.test.seed.agent(owner.workspaceId);
    await world.bind(owner, other, {
      user_id: 'u',
      apps: [{ toolkit: 'gmail', mode: 'custom', tools: ['GMAIL_SEND_EMAIL'] }],
    });
    expect(new Set(servers().map(({ name }) => name)).size).toBe(2);
    expect(servers()[0]?.allowed_tools).toEqual(['GMAIL_SEND_EMAIL']);
    expect(world.stub.count('mcp.update')).toBe(0);
  });

  it.each<[string, unknown, string]>([
    ['no user', { apps: [] }, 'user_id is required'],
    ['a blank user', { user_id: '  ' }, 'user_id is required'],
    [
      'an unknown mode',
      { user_id: 'u', apps: [{ toolkit: 'Gmail', mode: 'some' }] },
      'invalid mode for gmail (use full|read|custom)',
    ],
    [
      'tools that the app does not have',
      { user_id: 'u', apps: [{ toolkit: 'gmail', mode: 'custom', tools: ['X'] }] },
      'no tools selected for gmail',
    ],
    [
      'an app without tools that read',
      { user_id: 'u', apps: [{ toolkit: 'slack', mode: 'read' }] },
      'no tools selected for slack',
    ],
    ['apps that are blank', { user_id: 'u', apps: [{ toolkit: ' ' }] }, 'no apps to bind (connect an app first)'],
    ['a slug that is a pattern', { user_id: 'u', toolkits: ['%'] }, 'toolkit must be a slug'],
  ])('is refused for %s, before anything is made', async (_what, json, sentence) => {
    const { status, body } = await bind(json);
    expect([status, body.detail]).toEqual([400, expect.stringContaining(sentence)]);
    expect([servers(), (await list()).bindings]).toEqual([[], []]);
  });

  it('names the field of a blank user', async () => {
    expect((await bind({ user_id: ' ' })).body).toMatchObject({ errors: [{ field: 'user_id' }] });
  });

  it('asks for the key first, then for the body, then for the agent', async () => {
    const bare = await world.workspace(null);
    const refused = await world.bind(bare.owner, 'cnone', {});
    expect([refused.status, refused.body.detail]).toEqual([400, 'Composio is not configured (set an API key first)']);
    expect((await world.bind(owner, 'cnone', {})).body.detail).toBe('user_id is required');
    expect((await world.bind(owner, 'cnone', { user_id: 'u' })).body.detail).toBe('agent not found');
  });

  it('answers a foreign or deleted agent as one that does not exist', async () => {
    const stranger = await world.workspace();
    const deleted = await world.test.seed.agent(owner.workspaceId, { deletedAt: new Date() });
    for (const id of [stranger.agentId, deleted, 'cnone', '%']) {
      const path = `/agents/${encodeURIComponent(id)}`;
      const answers = await Promise.all([
        world.call(owner, 'POST', `${path}/bind`, { user_id: 'u' }),
        world.call(owner, 'GET', `${path}/bind`),
        world.call(owner, 'DELETE', `${path}/bind`),
        world.call(owner, 'PUT', `${path}/opt-out`),
        world.call(owner, 'DELETE', `${path}/opt-out`),
      ]);
      expect(answers.map(({ status, body }) => [status, body.detail])).toEqual(
        answers.map(() => [404, 'agent not found']),
      );
    }
  });

  it('needs an administrator; reading needs any member', async () => {
    const manager = await world.test.seed.member(owner.workspaceId, 'MANAGER');
    const viewer = await world.test.seed.member(owner.workspaceId, 'VIEWER');
    expect((await world.bind(manager, agentId, { user_id: 'u' })).status).toBe(403);
    expect((await world.unbind(manager, agentId)).status).toBe(403);
    expect((await world.call(viewer, 'GET', `/agents/${agentId}/bind`)).status).toBe(200);
  });

  it('stores nothing that was made with a key that was replaced meanwhile, and deletes it there', async () => {
    const items = world.stub.project(key).authConfigs;
    world.stub.disturb('authConfigs.list', { status: 200, delayMs: 300, body: { items, next_cursor: null } });
    const binding = bind({ user_id: 'u', toolkits: ['gmail'] });
    await world.call(owner, 'PUT', '/settings', { api_key: otherKey });
    expect(await binding).toMatchObject({ status: 409, body: { code: 'composio_binding.key_changed' } });
    expect([servers(), (await list()).bindings]).toEqual([[], []]);
    expect((await world.call(owner, 'GET', '/leftovers')).body).toEqual([]);
  });

  it('does not take the name of an integration that somebody made, and leaves nothing at Composio', async () => {
    const name = `composio-${agentId}-gmail`;
    await world.test.seed.integration(owner.workspaceId, { name });
    const { status, body } = await bind({ user_id: 'u', toolkits: ['gmail'] });
    expect([status, body.detail]).toEqual([409, expect.stringContaining(name)]);
    expect(servers()).toEqual([]);
  });
});
