import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SeededMember, startTestApp, type TestApp } from '#testing';

const path = '/api/v1/crews';

describe('crews', () => {
  let test: TestApp;
  let owner: SeededMember;

  beforeAll(async () => {
    test = await startTestApp();
    owner = await test.seed.workspace();
  });
  afterAll(() => test.close());

  const post = (json: object, caller = owner) =>
    test.call(`${path}?workspace_id=${owner.workspaceId}`, { method: 'POST', token: caller.token, json });

  it('answers a new crew with its defaults, and says that nothing enforces the network mode', async () => {
    const { response, data } = await test.as(owner).POST(path, { body: { name: 'Platform', slug: 'platform' } });
    expect(response.status).toBe(201);
    expect(data).toMatchObject({
      workspace_id: owner.workspaceId,
      slug: 'platform',
      description: null,
      container_memory_mb: 4096,
      container_cpus: 2,
      container_ttl_hours: null,
      network_mode: 'restricted',
      network_mode_enforced: false,
      allowed_domains: [],
      allow_private_endpoints: false,
      issue_prefix: null,
      max_ephemeral_agents: 10,
      _count: { agents: 0, members: 0 },
    });
    expect(data).not.toHaveProperty('runtime_image');
  });

  it('stores every setting, answers it again, and clears the nullable ones by null', async () => {
    const settings = {
      description: 'd',
      color: '#fff',
      icon: 'i',
      avatar_style: 's',
      network_mode: 'free' as const,
      allowed_domains: ['example.com'],
      container_memory_mb: 512,
      container_cpus: 0.5,
      container_ttl_hours: 4,
      allow_private_endpoints: true,
      escalation_config: '{}',
      runtime_image: 'node',
      devcontainer_config: '{}',
      mise_config: 'x',
      services_json: '[]',
      issue_prefix: 'PLT',
      max_ephemeral_agents: 3,
    };
    const created = await test.as(owner).POST(path, { body: { name: 'Full', slug: 'full', ...settings } });
    const crewId = created.data?.id ?? '';
    const read = await test.as(owner).GET('/api/v1/crews/{crewId}', { params: { path: { crewId } } });
    expect(read.data).toMatchObject(settings);
    const cleared = await test.as(owner).PATCH('/api/v1/crews/{crewId}', {
      params: { path: { crewId } },
      body: { description: null, runtime_image: null, container_ttl_hours: null },
    });
    expect(cleared.data).toMatchObject({ description: null, container_ttl_hours: null, color: '#fff' });
    expect(cleared.data).not.toHaveProperty('runtime_image');
  });

  it.each([
    ['no name', { slug: 'ok' }, 400, 'name must be 2-100 characters'],
    ['a short name', { name: 'x', slug: 'ok' }, 400, 'name must be 2-100 characters'],
    ['no slug', { name: 'ok' }, 400, 'slug must be 2-50 characters'],
    [
      'a slug in capitals',
      { name: 'ok', slug: 'No Way' },
      400,
      'slug must contain only lowercase letters, numbers, hyphens, and underscores',
    ],
    [
      'a network mode',
      { name: 'ok', slug: 'ok', network_mode: 'x' },
      400,
      "network_mode must be 'free' or 'restricted'",
    ],
    ['a domain', { name: 'ok', slug: 'ok', allowed_domains: ['a b'] }, 400, 'invalid domain: "a b"'],
    [
      'a negative time',
      { name: 'ok', slug: 'ok', container_ttl_hours: -1 },
      400,
      'container_ttl_hours cannot be negative',
    ],
    ['a text for memory', { name: 'ok', slug: 'ok', container_memory_mb: '1' }, 400, 'container_memory_mb must be'],
    ['a broken blob', { name: 'ok', slug: 'ok', mcp_config_json: '{' }, 400, 'mcp_config_json is not valid JSON'],
    [
      'a blob without servers',
      { name: 'ok', slug: 'ok', mcp_config_json: '{"mcpServers":[]}' },
      400,
      'mcp_config_json must contain a "mcpServers" object',
    ],
  ])('refuses %s and writes nothing', async (_case, json, status, detail) => {
    const before = await test.prisma.client.crew.count();
    const response = await post(json);
    expect(response.status).toBe(status);
    expect(((await response.json()) as { detail: string }).detail).toContain(detail);
    expect(await test.prisma.client.crew.count()).toBe(before);
  });

  it('keeps a slug unique among live crews only, whoever comes at once', async () => {
    const create = () => test.as(owner).POST(path, { body: { name: 'Twice', slug: 'twice' } });
    const answers = await Promise.all([create(), create(), create()]);
    expect(answers.map(({ response }) => response.status).sort()).toEqual([201, 409, 409]);
    const crewId = answers.find(({ data }) => data)?.data?.id ?? '';
    await test.as(owner).DELETE('/api/v1/crews/{crewId}', { params: { path: { crewId } } });
    expect((await create()).response.status).toBe(201);
    const other = await test.seed.crew(owner.workspaceId);
    const clash = await test
      .as(owner)
      .PATCH('/api/v1/crews/{crewId}', { params: { path: { crewId: other } }, body: { slug: 'twice' } });
    expect([clash.response.status, clash.error?.detail]).toEqual([409, 'Crew slug already taken in this workspace']);
  });

  it('lets a MANAGER make crews, but neither open private endpoints nor change or delete one', async () => {
    const manager = await test.seed.member(owner.workspaceId, 'MANAGER');
    const crewId = await test.seed.crew(owner.workspaceId);
    const params = { params: { path: { crewId } } };
    const made = await post({ name: 'By manager', slug: 'by-manager' }, manager);
    const open = await post({ name: 'Open', slug: 'open', allow_private_endpoints: true }, manager);
    const changed = await test.as(manager).PATCH('/api/v1/crews/{crewId}', { ...params, body: { name: 'New' } });
    const deleted = await test.as(manager).DELETE('/api/v1/crews/{crewId}', params);
    expect([made.status, open.status, changed.response.status, deleted.response.status]).toEqual([201, 403, 403, 403]);
    const viewer = await test.seed.member(owner.workspaceId, 'VIEWER');
    expect((await post({ name: 'No', slug: 'no-1' }, viewer)).status).toBe(403);
  });

  it('answers a foreign crew as a missing one, before it looks at the body', async () => {
    const theirs = await test.seed.crew((await test.seed.workspace()).workspaceId);
    const answers = await Promise.all(
      [theirs, 'cmissing'].map(async (crewId) => {
        const url = `${path}/${crewId}?workspace_id=${owner.workspaceId}`;
        const response = await test.call(url, { method: 'PATCH', token: owner.token, body: '{' });
        return [response.status, ((await response.json()) as { detail: string }).detail];
      }),
    );
    expect(answers).toEqual([
      [404, 'Crew not found'],
      [404, 'Crew not found'],
    ]);
  });

  it('imports the servers of a blob when it is written, seals their secrets, and reads without writing', async () => {
    const secret = 'ghp_canary0123456789abcdefghijklmnopqrst';
    const blob = JSON.stringify({
      mcpServers: {
        'github-mcp': { command: 'npx', args: ['-y'], env: { GITHUB_TOKEN: secret, REGION: 'eu' } },
        docs: { url: 'https://mcp.example.com/mcp', type: 'http', headers: { Authorization: `Bearer ${secret}` } },
      },
    });
    const { data } = await test.as(owner).POST(path, { body: { name: 'Blob', slug: 'blob', mcp_config_json: blob } });
    const crewId = data?.id ?? '';
    expect(data?.mcp_config_json).toContain('"GITHUB_TOKEN":"***","REGION":"eu"');
    const rows = await test.prisma.client.crewIntegration.findMany({ where: { crewId }, orderBy: { name: 'asc' } });
    expect(rows.map(({ name, displayName, transport }) => [name, displayName, transport])).toEqual([
      ['docs', 'Docs', 'streamable-http'],
      ['github-mcp', 'Github Mcp', 'stdio'],
    ]);
    const crew = await test.prisma.client.crew.findUniqueOrThrow({ where: { id: crewId } });
    const audit = await test.prisma.client.auditLog.findMany({ where: { entityId: crewId } });
    expect(JSON.stringify([rows, crew, audit])).not.toContain('canary');
    await test.as(owner).PUT('/api/v1/crews/{crewId}', {
      params: { path: { crewId } },
      body: { mcp_config_json: '{"mcpServers":{"docs":{"command":"other"},"third":{"command":"x"}}}' },
    });
    const after = await test.prisma.client.crewIntegration.findMany({ where: { crewId }, orderBy: { name: 'asc' } });
    expect(after.map(({ name, command }) => [name, command])).toEqual([
      ['docs', null],
      ['github-mcp', 'npx'],
      ['third', 'x'],
    ]);
  });

  it('takes along everything that hangs on the crew, and nothing else', async () => {
    const { workspaceId } = owner;
    const { client } = test.prisma;
    const crewId = await test.seed.crew(workspaceId);
    const server = await test.seed.crewIntegration(workspaceId, crewId);
    const mine = await test.seed.agent(workspaceId, { crewId });
    const other = await test.seed.agent(workspaceId);
    const workspaceServer = await test.seed.integration(workspaceId);
    const auto = await test.seed.credential(workspaceId, { autoCreatedFor: server, type: 'OAUTH2' });
    const shared = await test.seed.credential(workspaceId, { autoCreatedFor: server, type: 'OAUTH2' });
    const own = await test.seed.credential(workspaceId, { scope: 'CREW' });
    await test.seed.binding(workspaceId, mine, { crewIntegrationId: server }, { credentialId: auto });
    await test.seed.binding(workspaceId, mine, { workspaceIntegrationId: workspaceServer });
    await test.seed.binding(workspaceId, other, { workspaceIntegrationId: workspaceServer }, { credentialId: shared });
    const createdAt = test.clock.now();
    await client.credentialCrew.create({ data: { credentialId: own, crewId, createdAt } });
    await client.toolBinding.create({
      data: { id: 'ctool', workspaceId, crewIntegrationId: server, toolName: 't', createdAt, updatedAt: createdAt },
    });
    await client.crewMember.create({ data: { id: 'cmember', crewId, userId: owner.userId, createdAt } });

    const { data } = await test.as(owner).DELETE('/api/v1/crews/{crewId}', { params: { path: { crewId } } });

    expect(data).toEqual({ success: true });
    expect(await client.crewIntegration.count({ where: { crewId } })).toBe(0);
    expect(await client.agentBinding.count({ where: { agentId: mine } })).toBe(0);
    expect(await client.agentBinding.count({ where: { agentId: other } })).toBe(1);
    expect(await client.toolBinding.count({ where: { crewIntegrationId: server } })).toBe(0);
    expect(await client.crewMember.count({ where: { crewId } })).toBe(0);
    expect(await client.credentialCrew.count({ where: { crewId } })).toBe(0);
    const live = async (id: string) =>
      (await client.credential.findUniqueOrThrow({ where: { id } })).deletedAt === null;
    expect([await live(auto), await live(shared), await live(own)]).toEqual([false, true, true]);
    expect((await client.credential.findUniqueOrThrow({ where: { id: own } })).scope).toBe('CREW');
    expect((await client.agent.findUniqueOrThrow({ where: { id: mine } })).deletedAt).not.toBeNull();
    const again = await test.as(owner).DELETE('/api/v1/crews/{crewId}', { params: { path: { crewId } } });
    expect(again.response.status).toBe(404);
  });

  it('never leaves a live agent in a crew that was deleted meanwhile', async () => {
    const crewId = await test.seed.crew(owner.workspaceId);
    const create = (slug: string) =>
      test.as(owner).POST('/api/v1/agents', { body: { name: 'Racer', slug, crew_id: crewId } });
    await Promise.all([
      create('racer-1'),
      create('racer-2'),
      test.as(owner).DELETE('/api/v1/crews/{crewId}', { params: { path: { crewId } } }),
      create('racer-3'),
      create('racer-4'),
    ]);
    expect(await test.prisma.client.agent.count({ where: { crewId, deletedAt: null } })).toBe(0);
  });

  it('changes nothing, and records nothing, for an empty PATCH', async () => {
    const crewId = await test.seed.crew(owner.workspaceId);
    const { response } = await test
      .as(owner)
      .PATCH('/api/v1/crews/{crewId}', { params: { path: { crewId } }, body: {} });
    expect(response.status).toBe(200);
    expect(await test.prisma.client.auditLog.count({ where: { entityId: crewId } })).toBe(0);
  });
});
