import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { components } from '#client';
import { countQueries, type SeededMember, startTestApp, type TestApp } from '#testing';

const path = '/api/v1/agents/{agentId}/integrations/resolved';

type Resolved = components['schemas']['ResolvedIntegrationResponse'][];
type Explained = components['schemas']['ResolutionExplanationResponse'];

describe('the resolution of an agent', () => {
  let test: TestApp;
  let owner: SeededMember;
  let crewId: string;
  let agentId: string;

  beforeAll(async () => {
    test = await startTestApp();
  });
  beforeEach(async () => {
    owner = await test.seed.workspace();
    crewId = await test.seed.crew(owner.workspaceId);
    agentId = await test.seed.agent(owner.workspaceId, { crewId });
  });
  afterAll(() => test.close());

  const get = (id: string = agentId, headers: Record<string, string> = {}) =>
    test.as(owner).GET(path, { params: { path: { agentId: id } }, headers });
  const resolved = async (id?: string) => (await get(id)).data as Resolved;
  const explained = async () =>
    (await test.as(owner).GET(path, { params: { path: { agentId }, query: { explain: true } } })).data as Explained;

  it('combines workspace, crew and agent level by name, in a stable order', async () => {
    const { workspaceId } = owner;
    const github = await test.seed.integration(workspaceId, { name: 'github', icon: 'octocat' });
    await test.seed.integration(workspaceId, { name: 'analytics' });
    const override = await test.seed.crewIntegration(workspaceId, crewId, {
      name: 'github',
      workspaceIntegrationId: github,
      endpoint: 'https://crew.example.com/mcp',
    });
    await test.seed.crewIntegration(workspaceId, crewId, { name: 'zulip' });
    const credentialId = await test.seed.credential(workspaceId, { name: 'github-token' });
    await test.seed.binding(workspaceId, agentId, { workspaceIntegrationId: github }, { credentialId });

    const servers = await resolved();
    expect(servers.map(({ name, scope }) => `${name}:${scope}`)).toEqual([
      'analytics:workspace',
      'github:crew',
      'zulip:crew',
    ]);
    expect(servers[1]).toMatchObject({
      server_id: override,
      endpoint: 'https://crew.example.com/mcp',
      icon: 'octocat',
      enabled: true,
      credential_id: credentialId,
      credential_name: 'github-token',
      tools: null,
    });
  });

  it('tells why: the origin of each field, and the rule that removed what is not offered', async () => {
    const { workspaceId } = owner;
    const github = await test.seed.integration(workspaceId, {
      name: 'github',
      envJson: '{"A":"{{credential:missing}}"}',
    });
    const row = await test.seed.crewIntegration(workspaceId, crewId, {
      name: 'github',
      workspaceIntegrationId: github,
      icon: 'x',
    });
    const locked = await test.seed.integration(workspaceId, { name: 'locked', enabled: false, locked: true });
    const answer = await explained();
    expect(answer.servers[0]?.provenance).toEqual(
      expect.arrayContaining([
        { field: 'icon', level: 'crew', row_id: row, rule: 'own' },
        { field: 'endpoint', level: 'workspace', row_id: github, rule: 'inherited' },
      ]),
    );
    expect(answer.servers[0]?.references).toEqual([{ name: 'missing', field: 'env_json', state: 'unknown' }]);
    expect(answer.not_offered).toMatchObject([
      { server_id: locked, name: 'locked', rule: 'locked_off', decided_by_row_id: locked },
    ]);
  });

  it('knows a referenced credential by its name, also within white space', async () => {
    await test.seed.credential(owner.workspaceId, { name: 'known' });
    await test.seed.integration(owner.workspaceId, { name: 'a', envJson: '{"A":"{{credential: known }}"}' });
    expect((await explained()).servers[0]?.references).toEqual([{ name: 'known', field: 'env_json', state: 'known' }]);
  });

  it('lets one agent opt out without changing anything for the others', async () => {
    const { workspaceId } = owner;
    const server = await test.seed.integration(workspaceId, { name: 'shared' });
    const other = await test.seed.agent(workspaceId, { crewId });
    await test.seed.binding(workspaceId, agentId, { workspaceIntegrationId: server }, { enabled: false });
    expect(await resolved()).toEqual([]);
    expect((await resolved(other)).map(({ name }) => name)).toEqual(['shared']);
  });

  it('takes no notice of bindings of deleted agents or of other workspaces', async () => {
    const { workspaceId } = owner;
    const server = await test.seed.integration(workspaceId, { name: 'shared' });
    const gone = await test.seed.agent(workspaceId, { deletedAt: new Date() });
    await test.seed.binding(workspaceId, gone, { workspaceIntegrationId: server });
    expect((await resolved()).map(({ name }) => name)).toEqual(['shared']);
  });

  it('withholds disabled tools, and all of them when all are disabled', async () => {
    const { workspaceId } = owner;
    const row = await test.seed.crewIntegration(workspaceId, crewId, { name: 'tools' });
    const now = new Date();
    const tool = (toolName: string, enabled: boolean) => ({
      id: `${row}-${toolName}`,
      workspaceId,
      crewIntegrationId: row,
      toolName,
      enabled,
      createdAt: now,
      updatedAt: now,
    });
    await test.prisma.client.toolBinding.createMany({ data: [tool('write', false), tool('read', true)] });
    expect((await resolved())[0]?.tools).toEqual(['read']);
    await test.prisma.client.toolBinding.updateMany({ where: { crewIntegrationId: row }, data: { enabled: false } });
    expect((await resolved())[0]?.tools).toEqual([]);
  });

  it('answers 304 to the tag of an unchanged answer, and a new answer after any change', async () => {
    const { workspaceId } = owner;
    const server = await test.seed.integration(workspaceId, { name: 'tagged' });
    const first = await get();
    const tag = first.response.headers.get('etag') ?? '';
    const again = await test.call(`/api/v1/agents/${agentId}/integrations/resolved`, {
      token: owner.token,
      headers: { 'X-Workspace-ID': workspaceId, 'If-None-Match': tag },
    });
    expect([again.status, await again.text()]).toEqual([304, '']);
    await test.prisma.client.workspaceIntegration.update({ where: { id: server }, data: { displayName: 'Renamed' } });
    const changed = await get(agentId, { 'If-None-Match': tag });
    expect(changed.response.status).toBe(200);
    expect((changed.data as Resolved)[0]?.display_name).toBe('Renamed');
  });

  it('sees every kind of change at once: crew moves, bindings, tools, credentials, deletions', async () => {
    const { workspaceId } = owner;
    const server = await test.seed.crewIntegration(workspaceId, crewId, { name: 'crew-only' });
    const names = async () =>
      (await resolved()).map(({ name, credential_name }) => `${name}/${credential_name ?? '-'}`);
    expect(await names()).toEqual(['crew-only/-']);
    const credentialId = await test.seed.credential(workspaceId, { name: 'k' });
    const binding = await test.seed.binding(workspaceId, agentId, { crewIntegrationId: server }, { credentialId });
    expect(await names()).toEqual(['crew-only/k']);
    await test.prisma.client.credential.update({ where: { id: credentialId }, data: { deletedAt: new Date() } });
    expect(await names()).toEqual(['crew-only/-']);
    await test.prisma.client.agentBinding.delete({ where: { id: binding } });
    await test.prisma.client.agent.update({ where: { id: agentId }, data: { crewId: null } });
    expect(await names()).toEqual([]);
  });

  it('answers a foreign agent as it answers a missing or deleted one, also to a tag that another agent got', async () => {
    const stranger = await test.seed.workspace();
    const theirs = await test.seed.agent(stranger.workspaceId);
    const deleted = await test.seed.agent(owner.workspaceId, { deletedAt: new Date() });
    const tag = (await get()).response.headers.get('etag') ?? '';
    for (const id of [theirs, deleted, 'cnone']) {
      const { response, error } = await get(id, { 'If-None-Match': tag });
      expect([response.status, error?.detail]).toEqual([404, 'Agent not found']);
    }
  });

  it('costs two round trips when something changed and one when nothing did', async () => {
    await test.seed.integration(owner.workspaceId, { name: 'counted' });
    const cold = await countQueries(() => get());
    const warm = await countQueries(() => get());
    expect(cold.statements).toHaveLength(2);
    expect(warm.statements).toHaveLength(1);
  });

  it('refuses a revoked token and a removed member from the very next request on', async () => {
    expect((await get()).response.status).toBe(200);
    const member = await test.seed.member(owner.workspaceId, 'VIEWER');
    const asMember = () => test.as(member).GET(path, { params: { path: { agentId } } });
    expect((await asMember()).response.status).toBe(200);
    await test.prisma.client.workspaceMember.delete({ where: { id: member.memberId } });
    expect((await asMember()).response.status).toBe(403);
    await test.prisma.client.cliToken.updateMany({ where: { userId: owner.userId }, data: { revokedAt: new Date() } });
    expect((await get()).response.status).toBe(401);
  });
});

describe('the preview of a resolution', () => {
  let test: TestApp;
  let owner: SeededMember;
  let crewId: string;
  let agentId: string;
  let server: string;

  beforeAll(async () => {
    test = await startTestApp();
    owner = await test.seed.workspace();
    crewId = await test.seed.crew(owner.workspaceId);
    agentId = await test.seed.agent(owner.workspaceId, { crewId });
    server = await test.seed.integration(owner.workspaceId, { name: 'github' });
  });
  afterAll(() => test.close());

  type Changes = components['schemas']['PreviewResolutionDto']['changes'];
  const preview = (changes: Changes) =>
    test.as(owner).POST(`${path}/preview`, { params: { path: { agentId } }, body: { changes } });

  it('answers what would be, and saves nothing', async () => {
    const before = await test.prisma.client.workspaceRevision.findUniqueOrThrow({
      where: { workspaceId: owner.workspaceId },
    });
    const { data } = await preview([
      { target: 'workspace_integration', op: 'upsert', id: server, fields: { enabled: false } },
      {
        target: 'crew_integration',
        op: 'upsert',
        id: 'new-1',
        fields: {
          name: 'extra',
          transport: 'stdio',
          command: 'npx',
          env_json: '{"API_TOKEN":"sk-abcdefghijklmnopqrstuv"}',
        },
      },
    ]);
    expect(data?.servers.map(({ name, env_json }) => [name, env_json])).toEqual([['extra', '{"API_TOKEN":"***"}']]);
    expect(data?.not_offered.map(({ name, rule }) => [name, rule])).toEqual([['github', 'workspace_disabled']]);
    const after = await test.prisma.client.workspaceRevision.findUniqueOrThrow({
      where: { workspaceId: owner.workspaceId },
    });
    expect(after.revision).toBe(before.revision);
  });

  it('answers the same as the explanation when nothing is changed', async () => {
    const explained = await test.as(owner).GET(path, { params: { path: { agentId }, query: { explain: true } } });
    const { data } = await preview([]);
    expect(data).toEqual(explained.data);
  });

  it.each([
    ['an unknown row', { target: 'agent_binding', op: 'delete', id: 'cnone' }, 422],
    ['an unknown target', { target: 'weather', op: 'delete', id: 'x' }, 400],
    ['a fault in a field', { target: 'workspace_integration', op: 'upsert', id: 'x', fields: { enabled: 'no' } }, 400],
    ['no object', 'nothing', 400],
  ])('refuses %s', async (_case, change, status) => {
    const response = await test.call(
      `/api/v1/agents/${agentId}/integrations/resolved/preview?workspace_id=${owner.workspaceId}`,
      {
        method: 'POST',
        token: owner.token,
        json: { changes: [change] },
      },
    );
    expect(response.status).toBe(status);
  });
});
