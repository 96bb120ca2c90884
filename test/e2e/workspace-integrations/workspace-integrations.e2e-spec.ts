import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SeededMember, startTestApp, type TestApp } from '#testing';
import { unpackLiterals, Vault } from '#vault';

const path = '/api/v1/integrations';
const http = { transport: 'streamable-http', endpoint: 'https://mcp.example.com/mcp' } as const;

describe('workspace integrations', () => {
  let test: TestApp;
  let owner: SeededMember;

  beforeAll(async () => {
    test = await startTestApp();
    owner = await test.seed.workspace();
  });
  afterAll(() => test.close());

  it('registers the server of the documentation and answers it with every documented member', async () => {
    const { response, data } = await test.as(owner).POST(path, {
      body: {
        name: 'github-mcp',
        display_name: 'GitHub MCP Server',
        transport: 'stdio',
        command: 'npx',
        args_json: '["-y", "@modelcontextprotocol/server-github"]',
        env_json: '{"GITHUB_TOKEN": "{{credential:github-token}}"}',
      },
    });
    expect(response.status).toBe(201);
    expect(data).toMatchObject({
      workspace_id: owner.workspaceId,
      name: 'github-mcp',
      transport: 'stdio',
      endpoint: null,
      env_json: '{"GITHUB_TOKEN": "{{credential:github-token}}"}',
      config_json: null,
      icon: null,
      enabled: true,
      agent_binding_count: 0,
      crew_server_count: 0,
      warnings: [{ code: 'unknown_credential', field: 'env_json' }],
    });
  });

  it('names the display after the server and takes streamable HTTP unless told otherwise', async () => {
    const { data } = await test.as(owner).POST(path, { body: { name: 'plain', endpoint: http.endpoint } });
    expect(data).toMatchObject({ display_name: 'plain', transport: 'streamable-http' });
  });

  it.each([
    ['an empty body', {}, 'name is required'],
    ['an empty name', { name: '', ...http }, 'name is required'],
    ['a name that is a number', { name: 7, ...http }, 'name must be a string'],
    [
      'an unknown transport',
      { name: 'x', transport: 'carrier-pigeon' },
      "transport must be 'streamable-http' or 'stdio'",
    ],
    ['no endpoint', { name: 'x' }, 'endpoint is required for streamable-http transport'],
    ['a blank endpoint', { name: 'x', endpoint: '' }, 'endpoint is required for streamable-http transport'],
    ['no command', { name: 'x', transport: 'stdio' }, 'command is required for stdio transport'],
    [
      'arguments that are no array',
      { name: 'x', ...http, args_json: '{}' },
      'args_json must be a JSON array of strings',
    ],
    ['an environment that is no JSON', { name: 'x', ...http, env_json: '{' }, 'env_json is not valid JSON'],
    ['a reference without a name', { name: 'x', ...http, env_json: '{"A":"{{credential:}}"}' }, 'has no name'],
  ])('refuses %s with 400, says why, and writes nothing', async (_case, json, reason) => {
    const before = await test.prisma.client.workspaceIntegration.count();
    const response = await test.call(`${path}?workspace_id=${owner.workspaceId}`, {
      method: 'POST',
      token: owner.token,
      json,
    });
    const problem = (await response.json()) as { detail: string; error: string };
    expect(response.status).toBe(400);
    expect(problem.detail).toContain(reason);
    expect(problem.error).toBe(problem.detail);
    expect(await test.prisma.client.workspaceIntegration.count()).toBe(before);
  });

  it('seals literal secrets: answers show ***, the table holds no plain text, *** keeps the value', async () => {
    const canary = 'ghp_canary0123456789abcdefghijklmnopqrst';
    const created = await test.as(owner).POST(path, {
      body: { name: 'sealed', ...http, env_json: JSON.stringify({ API_TOKEN: canary, REGION: 'eu' }) },
    });
    expect(created.data?.env_json).toBe('{"API_TOKEN":"***","REGION":"eu"}');
    const id = created.data?.id ?? '';
    const stored = await test.prisma.client.workspaceIntegration.findUniqueOrThrow({ where: { id } });
    expect(JSON.stringify(stored)).not.toContain(canary);
    const kept = await test.as(owner).PATCH('/api/v1/integrations/{integrationId}', {
      params: { path: { integrationId: id } },
      body: { env_json: '{"API_TOKEN":"***","REGION":"us"}' },
    });
    expect(kept.data?.env_json).toBe('{"API_TOKEN":"***","REGION":"us"}');
  });

  it('keeps the secrets of two changes at once of different members', async () => {
    const canary = 'ghp_canary0123456789abcdefghijklmnopqrst';
    for (let round = 0; round < 6; round += 1) {
      const integrationId = await test.seed.integration(owner.workspaceId);
      const patch = (body: { env_json?: string; config_json?: string }) =>
        test.as(owner).PATCH('/api/v1/integrations/{integrationId}', { params: { path: { integrationId } }, body });
      await Promise.all([
        patch({ env_json: JSON.stringify({ API_TOKEN: canary }) }),
        patch({ config_json: JSON.stringify({ headers: { Authorization: `Bearer ${canary}` } }) }),
      ]);
      const row = await test.prisma.client.workspaceIntegration.findUniqueOrThrow({ where: { id: integrationId } });
      const place = {
        workspaceId: owner.workspaceId,
        table: 'workspace_integrations',
        column: 'sealed_literals',
        rowId: integrationId,
      };
      const opened = unpackLiterals(await test.app.get(Vault, { strict: false }).open(row.sealedLiterals ?? '', place));
      expect([...opened.keys()].sort()).toEqual(['env:API_TOKEN', 'headers:authorization']);
    }
  });

  it('answers 409 for a name that the workspace has, and lets two callers at once make only one', async () => {
    const create = () => test.as(owner).POST(path, { body: { name: 'twice', ...http } });
    const statuses = (await Promise.all([create(), create(), create()])).map(({ response }) => response.status);
    expect(statuses.sort()).toEqual([201, 409, 409]);
  });

  it.each(['MANAGER', 'MEMBER', 'VIEWER'] as const)('lets a %s read, but not write', async (role) => {
    const member = await test.seed.member(owner.workspaceId, role);
    const created = await test.as(member).POST(path, { body: { name: `by-${role}`, ...http } });
    const listed = await test.as(member).GET(path);
    expect([created.response.status, listed.response.status]).toEqual([403, 200]);
  });

  it('checks the role before the body', async () => {
    const viewer = await test.seed.member(owner.workspaceId, 'VIEWER');
    const response = await test.call(`${path}?workspace_id=${owner.workspaceId}`, {
      method: 'POST',
      token: viewer.token,
      body: '{',
    });
    expect(response.status).toBe(403);
  });

  it('answers a foreign integration exactly as it answers none at all', async () => {
    const stranger = await test.seed.workspace();
    const theirs = await test.seed.integration(stranger.workspaceId);
    const answers = await Promise.all(
      [theirs, 'cmissing00000000000000000'].map(async (integrationId) => {
        const { response, error } = await test
          .as(owner)
          .GET('/api/v1/integrations/{integrationId}', { params: { path: { integrationId } } });
        return { status: response.status, problem: { ...error, request_id: '', instance: '' } };
      }),
    );
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]?.status).toBe(404);
  });

  it('pages newest first with the size of the whole in X-Total-Count', async () => {
    const workspace = await test.seed.workspace();
    const ids: string[] = [];
    for (let index = 0; index < 5; index += 1) {
      test.clock.advanceMs(1_000);
      ids.push(await test.seed.integration(workspace.workspaceId));
    }
    const { data, response } = await test.as(workspace).GET(path, { params: { query: { limit: 2, offset: 1 } } });
    expect(data?.map((row) => row.id)).toEqual([ids[3], ids[2]]);
    expect(response.headers.get('x-total-count')).toBe('5');
    expect(response.headers.get('link')).toContain('offset=3>; rel="next"');
  });

  it('refuses to leave a server without the address its transport needs', async () => {
    const integrationId = await test.seed.integration(owner.workspaceId);
    const patch = (body: { endpoint?: string | null; transport?: 'stdio' }) =>
      test.as(owner).PATCH('/api/v1/integrations/{integrationId}', { params: { path: { integrationId } }, body });
    expect((await patch({ endpoint: null })).error?.detail).toBe('endpoint is required for streamable-http transport');
    expect((await patch({ transport: 'stdio' })).error?.detail).toBe('command is required for stdio transport');
  });

  it('deletes bindings, crew overrides and tool rows with the server, and raises the revision', async () => {
    const { workspaceId } = owner;
    const integrationId = await test.seed.integration(workspaceId);
    const crewId = await test.seed.crew(workspaceId);
    const crewIntegrationId = await test.seed.crewIntegration(workspaceId, crewId, {
      workspaceIntegrationId: integrationId,
    });
    const agentId = await test.seed.agent(workspaceId, { crewId });
    await test.seed.binding(workspaceId, agentId, { workspaceIntegrationId: integrationId });
    await test.seed.binding(workspaceId, agentId, { crewIntegrationId });
    const before = await test.prisma.client.workspaceRevision.findUniqueOrThrow({ where: { workspaceId } });
    const { data } = await test
      .as(owner)
      .DELETE('/api/v1/integrations/{integrationId}', { params: { path: { integrationId } } });
    expect(data).toEqual({ status: 'deleted' });
    expect(await test.prisma.client.agentBinding.count({ where: { agentId } })).toBe(0);
    expect(await test.prisma.client.crewIntegration.count({ where: { crewId } })).toBe(0);
    const after = await test.prisma.client.workspaceRevision.findUniqueOrThrow({ where: { workspaceId } });
    expect(after.revision > before.revision).toBe(true);
  });

  it('deletes the credentials that were made for it or for its crew rows, unless something else uses them', async () => {
    const { workspaceId } = owner;
    const integrationId = await test.seed.integration(workspaceId);
    const crewId = await test.seed.crew(workspaceId);
    const crewRow = await test.seed.crewIntegration(workspaceId, crewId, { workspaceIntegrationId: integrationId });
    const own = await test.seed.credential(workspaceId, { autoCreatedFor: integrationId });
    const ofCrewRow = await test.seed.credential(workspaceId, { autoCreatedFor: crewRow });
    const used = await test.seed.credential(workspaceId, { autoCreatedFor: integrationId });
    const elsewhere = await test.seed.integration(workspaceId);
    const agentId = await test.seed.agent(workspaceId);
    await test.seed.binding(workspaceId, agentId, { workspaceIntegrationId: elsewhere }, { credentialId: used });
    await test.as(owner).DELETE('/api/v1/integrations/{integrationId}', { params: { path: { integrationId } } });
    const left = await test.prisma.client.credential.findMany({
      where: { id: { in: [own, ofCrewRow, used] }, deletedAt: null },
    });
    expect(left.map(({ id }) => id)).toEqual([used]);
  });

  it('records who changed what, without the secrets', async () => {
    const { data } = await test
      .as(owner)
      .POST(path, { body: { name: 'audited', ...http, env_json: '{"A_TOKEN":"sk-canary-123456789012345678"}' } });
    const row = await test.prisma.client.auditLog.findFirstOrThrow({ where: { entityId: data?.id ?? '' } });
    expect(row).toMatchObject({
      action: 'integration.create',
      userId: owner.userId,
      entityName: 'audited',
      ipAddress: '127.0.0.1',
    });
    expect(JSON.stringify(row)).not.toContain('canary-1234');
  });

  it.each([
    ['without credentials', {}, 401],
    ['with a made-up token', { token: 'crewship_cli_0000' }, 401],
  ])('answers %s with 401 and the reason in WWW-Authenticate', async (_case, caller, status) => {
    const response = await test.call(`${path}?workspace_id=${owner.workspaceId}`, caller);
    expect(response.status).toBe(status);
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer error="(no_credentials|session_invalid)"$/);
  });

  it('asks for the workspace, and refuses one the caller is no member of', async () => {
    const stranger = await test.seed.workspace();
    const none = await test.call(path, { token: owner.token });
    const foreign = await test.call(`${path}?workspace_id=${stranger.workspaceId}`, { token: owner.token });
    const missing = await test.call(`${path}?workspace_id=nowhere`, { token: owner.token });
    expect([none.status, foreign.status, missing.status]).toEqual([400, 403, 403]);
    expect(((await foreign.json()) as { detail: string }).detail).toBe('Not a member of this workspace');
  });
});
